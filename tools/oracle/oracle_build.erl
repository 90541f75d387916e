%% Compiles the module sets with asn1ct, for both variants of PER, unless that was done before.
-module(oracle_build).
-export([sets/1, compile/2]).

%% @doc {Name, Text of all its modules} of every set that the file `sets` in a folder names.
sets(Folder) ->
    {ok, Lines} = file:read_file(filename:join(Folder, "sets")),
    [set(Folder, string:split(Line, ":")) || Line <- string:split(binary_to_list(Lines), "\n", all),
                                             string:trim(Line) =/= "", hd(Line) =/= $#].

set(Folder, [Name, Files]) ->
    Texts = [file:read_file(filename:join(Folder, File)) || File <- string:lexemes(Files, " ")],
    {string:trim(Name), lists:append([binary_to_list(Text) || {ok, Text} <- Texts])}.

%% @doc {Set, per | uper, Erlang module, definitions} of each set and variant; the Erlang modules are loaded.
compile(Sets, Folder) ->
    Parsed = [{Name, Text, oracle_text:parse(Text)} || {Name, Text} <- Sets],
    Jobs = [{Name, Rule, Text, Defs} || {Name, Text, Defs} <- Parsed, Rule <- [per, uper]],
    share(Jobs, Folder, max(1, min(4, erlang:system_info(logical_processors_available)))),
    [begin
         Module = module(Name, Rule),
         {module, Module} = code:load_abs(filename:join([Folder, Module, Module])),
         {Name, Rule, Module, Defs}
     end || {Name, Rule, _, Defs} <- Jobs].

module(Set, Rule) -> list_to_atom(lists:map(fun($.) -> $_; ($-) -> $_; (C) -> C end, Set) ++ "_" ++ atom_to_list(Rule)).

%% The compiler keeps state for each process, so that some can work at once.
share(Jobs, Folder, Workers) ->
    Parts = [[J || {I, J} <- lists:zip(lists:seq(1, length(Jobs)), Jobs), I rem Workers =:= W] || W <- lists:seq(0, Workers - 1)],
    Running = [spawn_monitor(fun() -> [one(Job, Folder) || Job <- Part] end) || Part <- Parts],
    [receive {'DOWN', Ref, process, _, Why} -> normal = Why end || {_, Ref} <- Running].

one({Set, Rule, Text, _}, Folder) ->
    Name = module(Set, Rule),
    Place = filename:join(Folder, Name),
    Stamp = filename:join(Place, "stamp"),
    {ok, Source} = file:read_file(?FILE),
    Wanted = erlang:md5([Text, Source, atom_to_list(Rule), erlang:system_info(otp_release)]),
    case file:read_file(Stamp) of
        {ok, Wanted} -> ok;
        _ ->
            ok = filelib:ensure_dir(Stamp),
            Files = [write_module(Place, M) || M <- split(Text)],
            SetFile = filename:join(Place, atom_to_list(Name) ++ ".set.asn"),
            ok = file:write_file(SetFile, lists:join("\n", Files)),
            ok = asn1ct:compile(SetFile, [Rule, maps, noobj, {outdir, Place}, {i, Place}]),
            {ok, Name} = compile:file(filename:join(Place, Name), [{outdir, Place}]),
            ok = file:write_file(Stamp, Wanted)
    end.

%% One file for each module, as asn1ct wants it, with the marker where it sees it.
write_module(Place, Text) ->
    File = hd(string:lexemes(Text, " \n")) ++ ".asn1",
    Seen = re:replace(Text, "\\((SIZE *\\([^()]*)\\), *\\.\\.\\.\\)", "(\\1, ...))", [global]),
    ok = file:write_file(filename:join(Place, File), Seen),
    File.

split(Text) ->
    Bare = re:replace(Text, "--[^\n]*", "", [global, {return, list}]),
    [string:trim(M, leading) ++ "\nEND\n" || M <- re:split(Bare, "^END$", [multiline, {return, list}]), string:trim(M) =/= ""].
