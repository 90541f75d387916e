/** Protocol IEs: the SEQUENCE { id, criticality, value } pattern that E2AP, NGAP, F1AP and their kin wrap every field in. */
#ifndef RP_IE_H
#define RP_IE_H

#include "codecs/tree.h"

/** Whether a SEQUENCE is an IE field: its last component is an open type selected by its first, the INTEGER `id`. */
bool rp_is_ie_field(const struct rp_type *type);

/** Whether a SEQUENCE wraps a message: as an IE field, but selected by another component than `id` (procedureCode). */
bool rp_is_message_wrapper(const struct rp_type *type);

/** Whether a type is a list of IE fields (ProtocolIE-Container). A list of single-IE containers is one, too;
 *  rp_is_single_list tells them apart: its object set has one object and its size isn't that of a container (up to 65535). */
bool rp_is_ie_list(const struct rp_type *type);
bool rp_is_single_list(const struct rp_type *type);

/** The object of an IE field type for an id, or NULL when this edition has none. */
const struct rp_object *rp_ie_object(const struct rp_type *field, int64_t id);

/** "RANfunctionsAdded": the id's value reference without "id-"; NULL when this edition has no such IE or no name for it. */
const char *rp_ie_name(const struct rp_type *field, int64_t id);

/** The id of an IE field's node. @return false when it is not there (a tree that ends in the middle) */
bool rp_ie_id(const struct rp_tree *tree, uint32_t field, int64_t *id);

/** The value (known or unknown) of an IE field's node, or UINT32_MAX. */
uint32_t rp_ie_value(const struct rp_tree *tree, uint32_t field);

/** The first field with this id in an IE list's node, or UINT32_MAX. */
uint32_t rp_ie_find(const struct rp_tree *tree, uint32_t list, int64_t id);

/** Which component of a SEQUENCE, SET or CHOICE a child stands for: its own slot; of an open type's value the open component;
 *  NULL of an unknown addition or alternative.
 *  @param cursor  0 before the first child; tells the components of several open types apart */
const struct rp_slot *rp_child_slot(const struct rp_type *parent, const struct rp_slot *child, uint32_t *cursor);

enum { RP_CHILD_NAME = 40 };

/** The name of that component; of an unknown one "<addition N>" or "<alternative N>", written into `scratch`. */
const char *rp_child_name(const struct rp_type *parent, const struct rp_node *child, uint32_t *cursor,
                          char scratch[RP_CHILD_NAME]);

#endif
