#include "harness/convert.h"

int rp_cmd_decode(int argc, char **argv)
{
    static const struct rp_convert decode = {
        .usage = {
            .name = "decode",
            .synopsis = "--as SET:TYPE [option...] [FILE|HEX|-]",
            .about = "Decodes one value from Packed Encoding Rules and prints it. Without an operand, standard input is read.\n"
                     "Findings go to stderr: grade, bit offset, path, clause, expected and seen. The exit status is 1 when one of\n"
                     "them is worse than `canonical` (readable, but not the encoding that canonical PER gives).",
            .examples = "  ranproof decode --as e2ap-03.01:E2AP-PDU 2003000900000100310002000f\n"
                        "  ranproof decode --as e2ap-02.00:E2AP-PDU --to tree message.bin\n"
                        "  xxd -p message.bin | ranproof decode --as e2ap-02.00:E2AP-PDU\n"
                        "  ranproof decode --as e2ap-02.03:E2AP-PDU --sm e2sm-kpm-02.03 --sm e2sm-rc-01.03 setup.hex\n"
                        "  ranproof decode --module acme.asn1 --as acme:Acme-Report --line report.hex\n",
        },
        .prefer = RP_FORM_HEX,
        .to = "json",
    };
    return rp_convert_command(&decode, argc, argv);
}
