# Usage: drive.bash SCRIPT... ; completes each line of standard input as bash does, with
# the cursor at its end, and prints [, the candidates, ]. set -eu where $STRICT says so.
[[ -z ${STRICT-} ]] || set -eu
for script; do . "$script"; done

split() { # into COMP_WORDS, as bash does with its standard COMP_WORDBREAKS
    local rest=$1 word='^[[:space:]]*([:=@]+|[^[:space:]:=@]+)'
    COMP_WORDS=()
    while [[ $rest =~ $word ]]; do
        COMP_WORDS+=("${BASH_REMATCH[1]}")
        rest=${rest:${#BASH_REMATCH[0]}}
    done
    [[ $1 != *[[:space:]] ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
}

ask() { # one attempt with the specification that there is now
    local spec
    spec=$(complete -p ssh 2>/dev/null || complete -p -D 2>/dev/null || :)
    COMPREPLY=()
    case $spec in
    *'-F '*) spec=${spec#*-F } && "${spec%% *}" ssh "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" ;;
    complete*) spec=${spec#complete } && eval "compgen ${spec% ssh} -- \"\${COMP_WORDS[COMP_CWORD]}\"" >"$HOME/said" && mapfile -t COMPREPLY <"$HOME/said" ;;
    esac
}

while IFS= read -r line; do
    COMP_LINE=$line COMP_POINT=${#line}
    split "$line"
    if [[ -n ${STRICT-} ]]; then
        ask # not in a condition, where -e would not count
    else
        ask
        [[ $? -ne 124 ]] || ask
    fi
    echo '['
    [[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
    echo ']'
done
