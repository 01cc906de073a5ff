# Completion for fish: the words of Lectern and the posts, behind `{{.Command}}`.
#
# Install:  {{.Command}} completion fish {{.Asked}} >~/.config/fish/conf.d/lectern-{{.File}}.fish
# Remove:   that file, and ~/.cache/lectern/{{.File}}
#
# ssh to any other host is completed as before. The posts are asked for in the
# background, at most every ten minutes; the shell does not wait for them.

# The grammar of this host, for the verb $argv[1], or none where a verb
# is to come. It sets port; words, which may come next; slug, if a post may; and flags.
function {{.Function}} --no-scope-shadowing
    set port {{quote .Port}}
    set flags{{range .Flags}} \
        {{quote (flagWord .)}}\t{{quote .Summary}}{{end}}
    switch $argv[1]
        case ''
            set slug yes
            set words{{range .Verbs}} \
                {{quote .Name}}\t{{quote .Summary}}{{end}}{{range .Places}} \
                {{quote .}}{{end}}
{{- range .Verbs}}{{if or .Slug .Flags .Values}}
        case {{quote .Name}}{{if .Slug}}
            set slug yes{{end}}{{if .Values}}
            set words{{range .Values}} {{quote .}}{{end}}{{end}}{{if .Flags}}
            set -a flags{{range .Flags}} \
                {{quote (flagWord .)}}\t{{quote .Summary}}{{end}}{{end}}{{end}}{{end}}
    end
end

# From here on the script is the same for every blog; the last one read is used.

set -g __lectern_fetch {{quote .Fetch}}

# __lectern_here says whether the cursor is behind one of our hosts. It sets
# __lectern_host, __lectern_verb and __lectern_args, what stands behind the verb.
function __lectern_here
    set -g __lectern_host ''
    set -g __lectern_verb ''
    set -g __lectern_args
    set -l skip no
    set -l line (commandline -opc)
    for word in $line[2..-1]
        if test -n "$__lectern_verb"
            set -a __lectern_args $word
        else if test $skip = yes
            set skip no
        else if string match -q -- '-*' $word # ssh's, also behind the host; some take the next word
            string match -qr -- '^-[^BbcDEeFIiJLlmOoPpQRSWw]*[BbcDEeFIiJLlmOoPpQRSWw]$' $word; and set skip yes
        else if test -z "$__lectern_host"
            set __lectern_host (string replace -r '^(.*@)?\[?([^]]*)\]?$' '$2' -- $word)
            string match -qr '^[A-Za-z0-9._:-]+$' -- "$__lectern_host"
            and functions -q _lectern@$__lectern_host
            or return
        else
            set __lectern_verb $word
        end
    end
    test -n "$__lectern_host" -a $skip = no
    or return
    test -n "$__lectern_verb"
    or not string match -q -- '-*' (commandline -ct)
end

# __lectern_offer prints what may stand at the cursor, a word and a tab and what it is.
function __lectern_offer
    __lectern_here
    or return
    set -l port
    set -l words
    set -l slug
    set -l flags
    _lectern@$__lectern_host "$__lectern_verb"
    set -l cache ~/.cache
    test -n "$XDG_CACHE_HOME"
    and set cache $XDG_CACHE_HOME
    set cache $cache/lectern/$__lectern_host(string replace -r '^(.+)' -- '-$1' $port)
    command sh -c $__lectern_fetch lectern $cache (string replace -r '^(.+)' -- '-p$1' $port | string match '?*') $__lectern_host

    set -l value
    set -l argument no
    for word in $__lectern_args
        if set -q value[1]
            set -e value
        else if string match -q -- '-*' $word
            set value (string match -- "$word=*" $flags)
        else
            set argument yes
        end
    end
    set -l cur (commandline -ct)
    if set -q value[1]
        string replace -r '^[^=]*=([^\t]*).*' '$1' -- $value[1] | string split ,
    else if string match -q -- '--*=*' $cur
        set -l name (string replace -r '=.*' = -- $cur)
        for word in (string replace -r '^[^=]*=([^\t]*).*' '$1' -- (string match -- "$name*" $flags) | string split ,)
            printf '%s\n' $name$word
        end
    else if string match -q -- '-*' $cur; or test $argument = yes; or test -z "$words$slug"
        string replace -r '=[^\t]*' '' -- $flags
    else
        set -q words[1]
        and printf '%s\n' $words
        if test "$slug" = yes -a -r $cache; and string match -qr '^[a-z0-9_-]*$' -- "$cur"
            set -l some '[a-z0-9_-]*'
            env LC_ALL=C grep "^$some$cur$some\$" $cache
        end
    end
end

# fish adds up all that is said about ssh. To have its hosts, commands and options stay
# away behind our host, all that it says gets our condition while it is loaded.
if status is-interactive; and not set -q __lectern_ready
    set -g __lectern_ready yes
    function complete
        set -l when 'not __lectern_here' # together with its own: before 3.6 there is but one
        if set -l at (contains -i -- -n $argv; or contains -i -- --condition $argv)
            set -l own $argv[(math $at + 1)]
            set when "$when; and begin; $own; end"
        end
        builtin complete $argv -n $when
    end
    builtin complete -C 'ssh -p ' >/dev/null
    functions -e complete
    complete -c ssh -n __lectern_here -k -f -a '(__lectern_offer)'
end
