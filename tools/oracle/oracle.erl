%% The second opinion on the codecs: Erlang's asn1ct compiles the shipped modules and says what octets stand for what value.
%% Run by tools/oracle/asn1ct: erl -s oracle main -extra RANPROOF FOLDER
-module(oracle).
-export([main/0]).

-define(PER_TYPE, 4).      %% random values of each type
-define(PER_MESSAGE, 250). %% and of E2AP-PDU

%% What asn1ct (asn1 5.0.21) gets wrong by X.691 (02/2021) or X.690, and how the values keep away from it:
%%   REAL 0                              cannot be written; no random REAL is zero
%%   empty PrintableString of varying    aligned after the length, against X.691 11.9.3.3 NOTE 2; no random string is empty
%%   constrained size
%%   (SIZE (a..b), ...)                  the marker is not seen; the text is handed over as (SIZE (a..b, ...)), the same in PER
main() ->
    [Ranproof, Folder] = init:get_plain_arguments(),
    Start = erlang:monotonic_time(millisecond),
    Sets = oracle_build:sets("codecs/modules"),
    Built = oracle_build:compile(Sets, Folder),
    Compiled = erlang:monotonic_time(millisecond),
    say("~b module sets compiled with asn1ct in ~.1f s~n", [length(Built), (Compiled - Start) / 1000]),
    Shipped = shipped(Built, filelib:wildcard("fixtures/vectors/*.jsonl")),
    Random = lists:append([random(B) || B <- Built]),
    say("values: ~b shipped, ~b random of ~b types~n",
        [length(Shipped), length(Random), length(lists:usort([{S, T} || {_, S, T, _, _, _} <- Random]))]),
    Ours = [Why || {wrong, Why} <- Shipped ++ Random],
    [say("~s~n", [Why]) || Why <- Ours],
    {Passed, Failed} = ask(Ranproof, filename:join(Folder, "values.jsonl"), [V || V <- Shipped ++ Random, element(1, V) =/= wrong]),
    say("~b passed, ~b failed~n", [Passed, Failed + length(Ours)]),
    halt(case Failed + length(Ours) of 0 -> 0; _ -> 1 end).

say(Format, Arguments) -> io:format(Format, Arguments).

%% Every vector that the project ships: asn1ct reads its octets, and writes the same ones again.
shipped(Built, Files) ->
    Lines = lists:append([[{F, L} || L <- string:split(read(F), "\n", all), L =/= ""] || F <- Files]),
    [shipped_one(Built, filename:basename(F), L) || {F, L} <- Lines].

shipped_one(Built, File, Line) ->
    [Name, Set, Type, Hex] = [member(K, Line) || K <- ["name", "set", "type", "hex"]],
    Rule = case re:run(Line, "\"per\": *\"uper\"") of nomatch -> per; _ -> uper end,
    {_, _, Module, Defs} = lists:keyfind({Set, Rule}, 2, [{B, {S, R}, M, D} || {S, R, M, D} = B <- Built]),
    Octets = binary:decode_hex(list_to_binary(Hex)),
    try
        {ok, Value} = Module:decode(list_to_atom(Type), Octets),
        {ok, Again} = Module:encode(list_to_atom(Type), Value),
        case Again of
            Octets -> {File ++ ":" ++ Name, Set, Type, Rule, Octets, oracle_value:json(Type, Value, Defs)};
            _ -> {wrong, io_lib:format("~s: ~s: asn1ct writes ~s", [File, Name, binary:encode_hex(Again)])}
        end
    catch
        error:Why -> {wrong, io_lib:format("~s: ~s: asn1ct: ~0p", [File, Name, Why])}
    end.

%% A text member of a JSON line; none of these has an escape in it.
member(Key, Line) ->
    {match, [Text]} = re:run(Line, "\"" ++ Key ++ "\": *\"([^\"]*)\"", [{capture, [1], list}]),
    Text.

%% Random values of every type of a set, the same ones at each run, that asn1ct could write.
random({Set, Rule, Module, Defs}) ->
    rand:seed(exsss, erlang:phash2({Set, Rule})),
    Types = lists:sort([Name || {Name, {type, [], _}} <- maps:to_list(Defs)]),
    lists:append([random_of(Type, N, Set, Rule, Module, Defs) || Type <- Types,
                  N <- lists:seq(1, case Type of "E2AP-PDU" -> ?PER_MESSAGE; _ -> ?PER_TYPE end)]).

random_of(Type, N, Set, Rule, Module, Defs) ->
    Value = oracle_value:random(Type, Defs),
    case Module:encode(list_to_atom(Type), Value) of
        {ok, Octets} ->
            [{Type ++ "-" ++ atom_to_list(Rule) ++ "-" ++ integer_to_list(N), Set, Type, Rule, Octets, oracle_value:json(Type, Value, Defs)}];
        {error, Why} ->
            [{wrong, io_lib:format("~s ~s: asn1ct cannot write ~0p: ~0p", [Set, Type, Value, Why])}]
    end.

%% ranproof decodes the octets to the value that asn1ct has, and encodes the value to the octets that asn1ct gives.
ask(Ranproof, File, Values) ->
    ok = file:write_file(File, [line(V) || V <- Values]),
    Said = os:cmd("'" ++ Ranproof ++ "' vectors '" ++ File ++ "' 2>&1"),
    case re:run(Said, "([0-9]+) passed, ([0-9]+) failed\n$", [{capture, [1, 2], list}]) of
        {match, [Passed, Failed]} ->
            [say("~s~n", [L]) || L <- lists:sublist(lists:droplast(string:split(string:trim(Said), "\n", all)), 40)],
            {list_to_integer(Passed), list_to_integer(Failed)};
        nomatch ->
            say("~s~n", [Said]),
            {0, length(Values)}
    end.

line({Name, Set, Type, Rule, Octets, Json}) ->
    ["{\"name\":\"", Name, "\",\"set\":\"", Set, "\",\"type\":\"", Type, "\",\"per\":\"", rule(Rule), "\",\"hex\":\"",
     binary:encode_hex(Octets), "\",\"value\":", Json, "}\n"].

rule(per) -> "aper";
rule(uper) -> "uper".

read(File) ->
    {ok, Text} = file:read_file(File),
    binary_to_list(Text).
