#include "harness/convert.h"

int rp_cmd_encode(int argc, char **argv)
{
    static const struct rp_convert encode = {
        .usage = {
            .name = "encode",
            .synopsis = "--as SET:TYPE [option...] [FILE|JSON|-]",
            .about = "Encodes one value, given as JSON (JER, ITU-T X.697, with the specification's names), in canonical Packed\n"
                     "Encoding Rules. Octets are taken, too: they are decoded and encoded again. Without an operand, standard input is\n"
                     "read. A value outside its constraints is refused with its path, unless --unchecked.",
            .examples = "  ranproof encode --as e2sm-kpm-03.00:E2SM-KPM-EventTriggerDefinition \\\n"
                        "    '{\"eventDefinition-formats\": {\"eventDefinition-Format1\": {\"reportingPeriod\": 1000}}}'\n"
                        "  ranproof encode --as e2ap-03.01:E2AP-PDU --to bin setup.json > setup.bin\n"
                        "  ranproof encode --as e2ap-03.01:E2AP-PDU --sm e2sm-kpm-03.00 indication.json\n"
                        "  ranproof decode --as e2ap-03.01:E2AP-PDU message.bin | ranproof encode --as e2ap-03.01:E2AP-PDU\n",
        },
        .prefer = RP_FORM_JSON,
        .to = "hex",
    };
    return rp_convert_command(&encode, argc, argv);
}
