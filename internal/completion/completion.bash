# shellcheck shell=bash
# Completion for bash: the words of Lectern and the posts, behind `{{.Command}}`.
#
# Install:  mkdir -p ~/.config/lectern
#           {{.Command}} completion bash {{.Asked}} >~/.config/lectern/{{.File}}.bash
#           and, in ~/.bashrc, after bash-completion if you have it:
#           . ~/.config/lectern/{{.File}}.bash
# Remove:   that line, that file, and ~/.cache/lectern/{{.File}}
#
# ssh to any other host is completed as before. The posts are asked for in the
# background, at most every ten minutes; the shell does not wait for them.

# The grammar of this host. $1 is the verb, or empty where a verb is to come.
# It sets port; words, which may come next; slug, if a post may; and flags.
{{.Function}}() {
    port={{quote .Port}}
    flags={{quote (flagWords .Flags)}}
    case $1 in
    '') slug=yes words={{quote .First}} ;;
{{- range .Verbs}}
    {{.Name}}) {{if .Slug}}slug=yes {{end}}words={{quote (join .Values)}}{{if .Flags}} flags+={{quote (print " " (flagWords .Flags))}}{{end}} ;;
{{- end}}
    esac
}

# From here on the script is the same for every blog; the last one read is used.

# shellcheck disable=SC2016 # sh expands it
_lectern_fetch={{quote .Fetch}}

_lectern_ssh() {
    _lectern_behind_host || _lectern_other_host "$@"
}

# _lectern_behind_host completes what stands behind one of our hosts, and fails
# without having done anything where the cursor is elsewhere. As it is followed
# by ||, a reader's set -e does not count in it.
_lectern_behind_host() {
    local IFS=$' \t\n'
    local line=() n=0 rest=${COMP_LINE:0:COMP_POINT} word blank i
    # bash also splits at COMP_WORDBREAKS: what touches is one word here.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        blank=${rest%%[![:space:]]*}
        rest=${rest#"$blank"}
        ((i < COMP_CWORD)) || word=$rest
        rest=${rest#"$word"}
        if [[ -n $blank || n -eq 0 ]]; then
            line[n++]=$word
        else
            line[n - 1]+=$word
        fi
    done
    local cur=${line[n - 1]} host='' verb='' first=0 skip=''
    for ((i = 1; i < n - 1 && first == 0; i++)); do
        word=${line[i]}
        if [[ -n $skip ]]; then
            skip=''
        elif [[ $word == -* ]]; then # ssh's, also behind the host; some take the next word
            rest=${word#-*[BbcDEeFIiJLlmOoPpQRSWw]}
            [[ -n $rest ]] || skip=yes
        elif [[ -z $host ]]; then
            host=${word##*@}
            host=${host#\[}
            host=${host%\]}
            declare -F "_lectern@$host" >/dev/null || return 1
        else
            verb=$word first=$((i + 1))
        fi
    done
    [[ -n $host && -z $skip ]] || return 1
    [[ -n $verb || $cur != -* ]] || return 1 # an option of ssh

    local port='' words='' slug='' flags='' offer='' flag='' value='' args=0
    "_lectern@$host" "$verb"
    for ((i = first; first > 0 && i < n - 1; i++)); do
        word=${line[i]}
        if [[ -n $value ]]; then
            value=''
        elif [[ $word != -* ]]; then
            args=$((args + 1))
        elif [[ " $flags " == *" $word="* ]]; then
            value=$word
        fi
    done

    local cache=${XDG_CACHE_HOME:-${HOME-}/.cache}/lectern/$host${port:+-$port}
    command sh -c "$_lectern_fetch" lectern "$cache" ${port:+-p "$port"} "$host"

    COMPREPLY=()
    compopt +o default +o bashdefault +o dirnames +o plusdirs +o filenames +o nospace 2>/dev/null # not in bash 3
    compopt -o nosort 2>/dev/null # the newest post first; since bash 4.4
    if [[ -n $value || $cur == --*=* ]]; then
        [[ -n $value ]] || flag=${cur%%=*}=
        for word in $flags; do
            [[ $word != "${value:-${flag%=}}="* ]] || offer=${word#*=}
        done
        for word in ${offer//,/ }; do
            _lectern_offer "$flag$word"
        done
    elif [[ $cur == -* ]]; then
        for word in $flags; do
            _lectern_offer "${word%%=*}"
        done
    elif ((args == 0)) && [[ -n $words$slug ]]; then
        for word in $words; do
            _lectern_offer "$word"
        done
        if [[ -n $slug && $cur != *[!a-z0-9_-]* && -r $cache ]]; then
            # shellcheck disable=SC2207 # each line is a plain word: grep sees to it
            COMPREPLY+=($(LC_ALL=C command grep "^${cur}[a-z0-9_-]*\$" "$cache"))
        fi
    elif [[ -z $cur ]]; then
        for word in $flags; do
            _lectern_offer "${word%%=*}"
        done
    fi
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]]; then
        compopt -o nospace 2>/dev/null
    fi

    # readline replaces only what follows the last : or = of the word.
    local kept=${cur%"${cur##*[:=]}"}
    if [[ -n $kept && $COMP_WORDBREAKS == *"${kept:${#kept}-1}"* && ${#COMPREPLY[@]} -gt 0 ]]; then
        COMPREPLY=("${COMPREPLY[@]#"$kept"}")
    fi
}

_lectern_offer() { # a place, as tag:, is done when it is there
    if [[ $1 == "$cur"* && ($1 != *: || $1 != "$cur") ]]; then
        COMPREPLY+=("$1")
    fi
}

# _lectern_other_host does what completed ssh before us. 124 makes bash try again.
_lectern_other_host() {
    if [[ -z $_lectern_before ]]; then
        _lectern_load "$@"
        _lectern_take_over
        [[ -z $_lectern_before ]] || return 124
    elif [[ -n $_lectern_function ]]; then
        "$_lectern_function" "$@"
    else
        COMPREPLY=()
        local _lectern_word
        while IFS= read -r _lectern_word; do
            [[ -z $_lectern_word ]] || COMPREPLY+=("$_lectern_word")
        done <<<"$(eval "compgen $_lectern_before -- \"\$2\"" || :)" # quoted for the shell, by complete -p
    fi
}

# _lectern_load has the default completion, if there is one, set up that of ssh, as
# bash-completion does at the first TAB.
_lectern_load() {
    local _lectern_default
    _lectern_default=$(complete -p -D 2>/dev/null || :)
    if [[ $_lectern_default == *'-F '* ]]; then
        _lectern_default=${_lectern_default#*-F }
        complete -r ssh 2>/dev/null || :
        "${_lectern_default%% *}" "$@" || :
    fi
}

# _lectern_take_over remembers what completes ssh now, and completes it instead,
# with the same options.
_lectern_take_over() {
    local IFS=$' \t\n' now word last='' words=() options=()
    now=$(complete -p ssh 2>/dev/null || :)
    [[ $now != *'-F _lectern_ssh '* ]] || return 0
    _lectern_before=${now#complete }
    _lectern_before=${_lectern_before% ssh}
    _lectern_function=''
    read -r -a words <<<"${now:-complete -o bashdefault -o default ssh}"
    for word in "${words[@]}"; do
        case $last in
        -o) options+=(-o "$word") ;;
        -F) _lectern_function=$word ;;
        esac
        last=$word
    done
    complete ${options[@]+"${options[@]}"} -F _lectern_ssh ssh
}

# Now and not at the first TAB: a TAB behind scp would load the file of both, and
# ssh would no longer be ours.
complete -p ssh >/dev/null 2>&1 || _lectern_load ssh '' ssh >/dev/null 2>&1
_lectern_take_over
