%% Reads the shipped ASN.1 modules, so far as making values needs it. It knows the notation that codecs/modules uses and no more;
%% a name that it does not know ends the run. What the text means on the wire is asn1ct's business.
-module(oracle_text).
-export([parse/1]).

%% @doc Definitions of one or more modules, by name:
%%   {type, Parameters, Type} | {value, Integer} | {set, [Member]} | {object, Fields}
%% Type is integer | {integer, Bounds} | boolean | null | real | {bits, Bounds} | {octets, Bounds} | {text, Bounds}
%%   | {enum, Root, Additions} | {sequence, Root, Additions} | {choice, Root, Additions} | {list, Bounds, Type}
%%   | {ref, Name, Arguments} | {field, Field, Set};
%% Additions is none without a marker; a component is {Name, Type, mandatory | optional}, an alternative {Name, Type};
%% Bounds is none | {Low, High, Extensible}, a bound a number or a name; a Member a name or the Fields of an object.
parse(Text) ->
    Bare = re:replace(Text, "--[^\n]*", "", [global, {return, list}]),
    {match, Found} = re:run(Bare, "::=|\\.\\.\\.|\\.\\.|&?[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|-?[0-9]+|[{}()\\[\\],;:|@.]",
                            [global, {capture, first, list}]),
    modules(lists:append(Found), #{}).

modules([], Defs) -> Defs;
modules(Tokens, Defs) ->
    ["BEGIN" | Body] = lists:dropwhile(fun(T) -> T =/= "BEGIN" end, Tokens),
    definitions(imports(Body), Defs).

imports(["IMPORTS" | T]) -> tl(lists:dropwhile(fun(X) -> X =/= ";" end, T));
imports(T) -> T.

definitions(["END" | T], Defs) -> modules(T, Defs);
definitions([_, "::=", "CLASS" | T], Defs) ->
    definitions(skip_braces(tl(tl(skip_braces(T)))), Defs);
definitions([Name, "::=" | T], Defs) ->
    {Type, Rest} = type(T),
    definitions(Rest, Defs#{Name => {type, [], Type}});
definitions([Name, "{" | T], Defs) ->
    {Inside, ["}", "::=" | T1]} = lists:splitwith(fun(X) -> X =/= "}" end, T),
    {Type, Rest} = type(T1),
    definitions(Rest, Defs#{Name => {type, parameters(Inside), Type}});
definitions([[C | _] = Name, Class, "::=", "{" | T], Defs) when C >= $A, C =< $Z ->
    true = Class =:= string:uppercase(Class),
    {Members, Rest} = members(T),
    definitions(Rest, Defs#{Name => {set, Members}});
definitions([Name, _, "::=", "{" | T], Defs) ->
    {Fields, Rest} = object(T),
    definitions(Rest, Defs#{Name => {object, Fields}});
definitions([Name, _, "::=", Number | T], Defs) ->
    definitions(T, Defs#{Name => {value, list_to_integer(Number)}}).

parameters([_, ":", Name, "," | T]) -> [Name | parameters(T)];
parameters([_, ":", Name]) -> [Name].

skip_braces(["{" | T]) -> skip_braces(T, 1).
skip_braces(T, 0) -> T;
skip_braces(["{" | T], N) -> skip_braces(T, N + 1);
skip_braces(["}" | T], N) -> skip_braces(T, N - 1);
skip_braces([_ | T], N) -> skip_braces(T, N).

%% Members before and behind the marker alike: which of them a sender uses makes no difference to the encoding.
members(["}" | T]) -> {[], T};
members([X | T]) when X =:= ","; X =:= "|"; X =:= "..." -> members(T);
members(["{" | T]) ->
    {Fields, T1} = object(T),
    {More, Rest} = members(T1),
    {[Fields | More], Rest};
members([Name | T]) ->
    {More, Rest} = members(T),
    {[Name | More], Rest}.

%% An object: words in capitals, then a value; the words joined are the key.
object(T) -> object(T, [], #{}).
object(["}" | T], [], Fields) -> {Fields, T};
object([Value, Next | T], Words, Fields) ->
    case Words =/= [] andalso (Next =:= "}" orelse is_word(Next)) andalso not lists:member(Next, ["MESSAGE", "OUTCOME", "CODE"]) of
        true -> object([Next | T], [], Fields#{lists:append(lists:join(" ", Words)) => Value});
        false -> object([Next | T], Words ++ [Value], Fields)
    end.

is_word(T) -> lists:member(T, ["ID", "CRITICALITY", "TYPE", "PRESENCE", "INITIATING", "SUCCESSFUL", "UNSUCCESSFUL", "PROCEDURE"]).

type(["INTEGER" | T]) -> sized(integer, T);
type(["BOOLEAN" | T]) -> {boolean, T};
type(["NULL" | T]) -> {null, T};
type(["REAL" | T]) -> {real, T};
type(["BIT", "STRING" | T]) -> sized(bits, T);
type(["OCTET", "STRING" | T]) -> sized(octets, T);
type(["PrintableString" | T]) -> sized(text, T);
type(["ENUMERATED", "{" | T]) ->
    {{Root, More}, Rest} = marked(T, fun([Name | R]) -> {list_to_atom(Name), R} end),
    {{enum, Root, More}, Rest};
type(["CHOICE", "{" | T]) ->
    {{Root, More}, Rest} = marked(T, fun alternative/1),
    {{choice, Root, More}, Rest};
type(["SEQUENCE", "{" | T]) ->
    {{Root, More}, Rest} = marked(T, fun component/1),
    {{sequence, Root, More}, Rest};
type(["SEQUENCE", "(" | T]) ->
    {Bounds, ["OF" | T1]} = bounds(T),
    {Of, Rest} = type(T1),
    {{list, Bounds, Of}, Rest};
type([_Class, ".", "&" ++ Field, "(", "{", Set, "}" | T]) ->
    {{field, Field, Set}, tl(lists:dropwhile(fun(X) -> X =/= ")" end, T))};
type([[C | _] = Name, "{", "{" | T]) when C >= $A, C =< $Z ->
    [Set, "}", "}" | Rest] = T,
    {{ref, Name, [Set]}, Rest};
type([[C | _] = Name | T]) when C >= $A, C =< $Z -> {{ref, Name, []}, T}.

alternative([Name | T]) ->
    {Type, Rest} = type(T),
    {{list_to_atom(Name), Type}, Rest}.

component([Name | T]) ->
    case type(T) of
        {Type, ["OPTIONAL" | Rest]} -> {{list_to_atom(Name), Type, optional}, Rest};
        {Type, Rest} -> {{list_to_atom(Name), Type, mandatory}, Rest}
    end.

%% A list in braces with at most one marker.
marked(T, Item) -> marked(T, Item, [], none).
marked(["}" | T], _, Root, none) -> {{lists:reverse(Root), none}, T};
marked(["}" | T], _, More, {root, Root}) -> {{Root, lists:reverse(More)}, T};
marked(["," | T], Item, Acc, Root) -> marked(T, Item, Acc, Root);
marked(["..." | T], Item, Acc, none) -> marked(T, Item, [], {root, lists:reverse(Acc)});
marked(T, Item, Acc, Root) ->
    {One, Rest} = Item(T),
    marked(Rest, Item, [One | Acc], Root).

sized(Kind, ["(" | T]) ->
    {Bounds, Rest} = bounds(T),
    {{Kind, Bounds}, Rest};
sized(integer, T) -> {integer, T};
sized(Kind, T) -> {{Kind, none}, T}.

%% (1..5), (1..5, ...), (SIZE (1..5)), (SIZE (1..5, ...)), (SIZE (1..5), ...), (SIZE (5))
bounds(["SIZE", "(" | T]) ->
    {{Low, High, Inside}, T1} = bounds(T),
    case T1 of
        [")" | Rest] -> {{Low, High, Inside}, Rest};
        [",", "...", ")" | Rest] -> {{Low, High, true}, Rest}
    end;
bounds([Low, "..", High | T]) -> marker(bound(Low), bound(High), T);
bounds([Only | T]) -> marker(bound(Only), bound(Only), T).

marker(Low, High, [",", "...", ")" | T]) -> {{Low, High, true}, T};
marker(Low, High, [")" | T]) -> {{Low, High, false}, T}.

bound([C | _] = Number) when C =:= $-; C >= $0, C =< $9 -> list_to_integer(Number);
bound(Name) -> Name.
