/** Files built into the binary: the ASN.1 modules and the Lua rules. */
#ifndef RP_EMBEDDED_H
#define RP_EMBEDDED_H

/** One file. Its octets end with a NUL that is not counted. An array of these ends with a row of NULLs. */
struct rp_embedded {
    const char *path; /* below the embedded folder: "e2ap-03.01.asn1", "rules/e2/ppid.lua" */
    const char *start, *end;
};

extern const struct rp_embedded rp_embedded_modules[]; /* codecs/modules */
extern const struct rp_embedded rp_embedded_rules[];   /* testcases */
extern const struct rp_embedded rp_embedded_scripts[]; /* harness/script: what runs the rules */

#endif
