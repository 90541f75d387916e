%% Random values of a type, as asn1ct takes them, and the JSON (X.697) that ranproof writes for a value.
-module(oracle_value).
-export([random/2, json/3]).

-define(DEPTH, 9).   %% deeper than this a value takes the short way out
-define(PARTS, 150). %% and so it does when it has so many parts

%% @doc A value of the named type. Additions, every alternative and both ends of every bound come up sooner or later.
random(Name, Defs) ->
    put(parts, 0),
    value({ref, Name, []}, #{}, {Defs, 0}).

value({ref, Name, Arguments}, Env, {Defs, Depth}) ->
    put(parts, get(parts) + 1),
    {type, Parameters, Type} = maps:get(Name, Defs),
    Inner = maps:from_list(lists:zip(Parameters, [maps:get(A, Env, A) || A <- Arguments])),
    container(Name, Type, Inner, {Defs, Depth + 1});
value(integer, _, _) -> any_integer();
value({integer, Bounds}, _, C) -> number(bounds(Bounds, C));
value(boolean, _, _) -> chance(50);
value(null, _, _) -> 'NULL';
value(real, _, _) -> real();
value({bits, Bounds}, _, C) -> N = size(Bounds, C, 64), <<(rand:uniform(1 bsl N) - 1):N>>;
value({octets, Bounds}, _, C) -> rand:bytes(size(Bounds, C, 40));
value({text, Bounds}, _, C) -> [printable() || _ <- lists:seq(1, max(1, size(Bounds, C, 40)))];
value({enum, Root, More}, _, _) -> pick(Root ++ additions(More));
value({choice, Root, More}, Env, C) ->
    {Name, Type} = case grows(C) of true -> pick(Root ++ additions(More)); false -> shortest(Root, C) end,
    {Name, value(Type, Env, C)};
value({list, Bounds, Of}, Env, C) ->
    {Low, High, _} = bounds(Bounds, C),
    Spread = case grows(C) of true -> rand:uniform(4) - 1; false -> 0 end,
    [value(Of, Env, C) || _ <- lists:seq(1, min(High, Low + Spread))];
value({sequence, Root, More}, Env, C) ->
    Present = [Component || {_, _, Presence} = Component <- Root, Presence =:= mandatory orelse taken(C)]
           ++ [Component || chance(60), Component <- additions(More), taken(C)],
    maps:from_list([{Name, value(Type, Env, C)} || {Name, Type, _} <- Present]).

%% What an object set governs: the IEs of a message in their order, the one IE of a list item, a message of a procedure.
container("ProtocolIE-Container", _, #{"IEsSetParam" := Set}, {Defs, _} = C) ->
    {set, Members} = maps:get(Set, Defs),
    [ie(Fields, C) || #{"PRESENCE" := Presence} = Fields <- Members, Presence =:= "mandatory" orelse taken(C)];
container("ProtocolIE-Field", _, #{"IEsSetParam" := Set}, {Defs, _} = C) ->
    {set, Members} = maps:get(Set, Defs),
    ie(pick(Members), C);
container(Name, {sequence, [{procedureCode, {field, _, Set}, _}, _, _], none}, _, {Defs, _} = C) ->
    Key = maps:get(Name, #{"InitiatingMessage" => "INITIATING MESSAGE", "SuccessfulOutcome" => "SUCCESSFUL OUTCOME",
                           "UnsuccessfulOutcome" => "UNSUCCESSFUL OUTCOME"}),
    #{"PROCEDURE CODE" := Code, "CRITICALITY" := Criticality} = Fields = pick([F || #{Key := _} = F <- objects(Set, Defs)]),
    #{procedureCode => constant(Code, Defs), criticality => list_to_atom(Criticality),
      value => value({ref, maps:get(Key, Fields), []}, #{}, C)};
container(_, Type, Env, C) -> value(Type, Env, C).

ie(#{"ID" := Id, "CRITICALITY" := Criticality, "TYPE" := Type}, {Defs, _} = C) ->
    #{id => constant(Id, Defs), criticality => list_to_atom(Criticality), value => value({ref, Type, []}, #{}, C)}.

objects(Set, Defs) ->
    case maps:get(Set, Defs) of
        {set, Members} -> lists:append([if is_map(M) -> [M]; true -> objects(M, Defs) end || M <- Members]);
        {object, Fields} -> [Fields]
    end.

constant(Name, Defs) when is_list(Name) -> {value, N} = maps:get(Name, Defs), N;
constant(N, _) -> N.

bounds(none, _) -> {0, infinity, false};
bounds({Low, High, Extensible}, {Defs, _}) -> {constant(Low, Defs), constant(High, Defs), Extensible}.

%% A size within the bounds, near its lower end; of an extensible one at times beyond the upper end. An unbounded one is now and
%% then so long that its length has two octets, or that it is sent in fragments.
size(none, _, Usual) ->
    case rand:uniform(300) of
        1 -> pick([16383, 16384, 16385, 32768, 65536, 70000]);
        N when N < 12 -> 126 + rand:uniform(200);
        _ -> rand:uniform(Usual) - 1
    end;
size(Bounds, C, Usual) ->
    {Low, High, Extensible} = bounds(Bounds, C),
    case Extensible andalso High =< 400 andalso chance(20) of
        true -> High + rand:uniform(3);
        false -> pick([Low, min(High, Low + 1), Low + rand:uniform(min(High, Low + Usual) - Low + 1) - 1,
                       if High =< 400 -> High; true -> Low end])
    end.

number({Low, High, Extensible}) ->
    Inside = pick([Low, High, Low + rand:uniform(High - Low + 1) - 1, min(High, Low + (1 bsl rand:uniform(33)) - rand:uniform(2))]),
    case Extensible andalso chance(20) of
        true -> pick([High + 1, High + rand:uniform(100000), -rand:uniform(300)]);
        false -> Inside
    end.

%% Where the count of octets changes, and zero.
any_integer() ->
    Power = 1 bsl (rand:uniform(63) - 1),
    pick([0, Power - 1, Power, Power + 1, -Power + 1, -Power, -Power - 1]).

%% Base 2 with an odd mantissa, the form that canonical encoding gives; never zero.
real() -> {pick([1, -1]) * (2 * (rand:uniform(1 bsl rand:uniform(52)) - 1) + 1), 2, rand:uniform(240) - 120}.

printable() -> pick("ABCXYZabcxyz0189 '()+,-./:=?").
additions(none) -> [];
additions(More) -> More.
%% The alternative that ends soonest; of a recursive type some never would.
shortest(Root, {Defs, _}) ->
    {_, Alternative} = lists:min([{height(Type, [], Defs), A} || {_, Type} = A <- Root]),
    Alternative.

height({ref, Name, _}, Seen, Defs) ->
    case lists:member(Name, Seen) of
        true -> infinity; %% which is greater than any number
        false -> {type, _, Type} = maps:get(Name, Defs), over(height(Type, [Name | Seen], Defs))
    end;
height({choice, Root, _}, Seen, Defs) -> over(lists:min([height(Type, Seen, Defs) || {_, Type} <- Root]));
height({sequence, Root, _}, Seen, Defs) -> over(lists:max([0 | [height(T, Seen, Defs) || {_, T, mandatory} <- Root]]));
height({list, {0, _, _}, _}, _, _) -> 0;
height({list, _, Of}, Seen, Defs) -> over(height(Of, Seen, Defs));
height(_, _, _) -> 0.

over(infinity) -> infinity;
over(N) -> N + 1.

grows({_, Depth}) -> Depth =< ?DEPTH andalso get(parts) < ?PARTS.
taken(C) -> grows(C) andalso chance(55).
chance(Percent) -> rand:uniform(100) =< Percent.
pick(L) -> lists:nth(rand:uniform(length(L)), L).

%% @doc JSON text of a value that asn1ct decoded or would encode.
json(Name, Value, Defs) -> iolist_to_binary(out({ref, Name, []}, Value, #{}, Defs)).

out({ref, Name, Arguments}, Value, Env, Defs) ->
    {type, Parameters, Type} = maps:get(Name, Defs),
    Inner = maps:from_list(lists:zip(Parameters, [maps:get(A, Env, A) || A <- Arguments])),
    governed(Name, Type, Value, Inner, Defs);
out(integer, N, _, _) -> integer_to_list(N);
out({integer, _}, N, _, _) -> integer_to_list(N);
out(boolean, B, _, _) -> atom_to_list(B);
out(null, _, _, _) -> "null";
out(real, R, _, _) -> double(R);
out({bits, _}, Bits, _, _) ->
    Pad = (8 - bit_size(Bits) rem 8) rem 8,
    ["{\"value\":", hex(<<Bits/bitstring, 0:Pad>>), ",\"length\":", integer_to_list(bit_size(Bits)), $}];
out({octets, _}, Octets, _, _) -> hex(Octets);
out({text, _}, Text, _, _) -> quoted(Text);
out({enum, _, _}, Name, _, _) -> quoted(atom_to_list(Name));
out({choice, Root, More}, {Name, Value}, Env, Defs) ->
    {_, Type} = lists:keyfind(Name, 1, Root ++ additions(More)),
    object([{Name, out(Type, Value, Env, Defs)}]);
out({list, _, Of}, Values, Env, Defs) -> [$[, lists:join($,, [out(Of, V, Env, Defs) || V <- Values]), $]];
out({sequence, Root, More}, Map, Env, Defs) ->
    object([{Name, out(Type, maps:get(Name, Map), Env, Defs)} || {Name, Type, _} <- Root ++ additions(More), is_map_key(Name, Map)]).

governed("ProtocolIE-Field", _, #{id := Id} = Map, #{"IEsSetParam" := Set}, Defs) ->
    {set, Members} = maps:get(Set, Defs),
    selected(id, Id, [Type || #{"ID" := C, "TYPE" := Type} <- Members, constant(C, Defs) =:= Id], Map, Defs);
governed(Name, {sequence, [{procedureCode, {field, _, Set}, _}, _, _], none}, #{procedureCode := Code} = Map, _, Defs) ->
    Key = maps:get(Name, #{"InitiatingMessage" => "INITIATING MESSAGE", "SuccessfulOutcome" => "SUCCESSFUL OUTCOME",
                           "UnsuccessfulOutcome" => "UNSUCCESSFUL OUTCOME"}),
    selected(procedureCode, Code, [Type || #{"PROCEDURE CODE" := C, Key := Type} <- objects(Set, Defs), constant(C, Defs) =:= Code],
             Map, Defs);
governed(_, Type, Value, Env, Defs) -> out(Type, Value, Env, Defs).

selected(By, Id, Types, #{criticality := Criticality, value := Value}, Defs) ->
    Text = case {Types, Value} of
               {[Type], _} -> out({ref, Type, []}, Value, #{}, Defs);
               {[], {asn1_OPENTYPE, Octets}} -> hex(Octets);
               {[], Octets} -> hex(Octets)
           end,
    object([{By, integer_to_list(Id)}, {criticality, quoted(atom_to_list(Criticality))}, {value, Text}]).

double({Mantissa, 2, Exponent}) -> float_to_list(Mantissa * math:pow(2, Exponent), [short]);
double(F) when is_float(F) -> float_to_list(F, [short]);
double(N) when is_integer(N) -> integer_to_list(N).

object(Members) -> [${, lists:join($,, [[quoted(atom_to_list(Name)), $:, Text] || {Name, Text} <- Members]), $}].
hex(Octets) -> [$", binary:encode_hex(Octets), $"].
quoted(Text) -> [$", [case C of $" -> "\\\""; $\\ -> "\\\\"; _ -> C end || C <- Text], $"].
