# Completion for zsh: the words of Lectern and the posts, behind `{{.Command}}`.
#
# Install:  mkdir -p ~/.config/lectern
#           {{.Command}} completion zsh {{.Asked}} >~/.config/lectern/{{.File}}.zsh
#           and, in ~/.zshrc, after compinit:
#           . ~/.config/lectern/{{.File}}.zsh
# Remove:   that line, that file, and ~/.cache/lectern/{{.File}}
#
# ssh to any other host is completed as before. The posts are asked for in the
# background, at most every ten minutes; the shell does not wait for them.

# The grammar of this host. $1 is the verb, or empty where a verb is to come.
# It sets port, verbs, places, and specs, which are _arguments'.
function {{.Function}} {
  port={{quote .Port}}
  verbs=({{range .Verbs}}
    {{quote (describe .)}}{{end}}
  )
  places=({{range .Places}} {{quote .}}{{end}} )
  specs=({{range .Flags}}
    {{quote (spec .)}}{{end}}
  )
  case $1 in
{{- range .Verbs}}{{if or .Slug .Flags .Values}}
    {{.Name}}) specs+=({{range .Flags}}
      {{quote (spec .)}}{{end}}{{with argument .}}
      {{quote .}}{{end}}
    ) ;;{{end}}{{end}}
  esac
}

# From here on the script is the same for every blog; the last one read is used.

_lectern_fetch={{quote .Fetch}}

function _lectern_ssh {
  local word host verb skip i first=0
  for (( i = 2; i < CURRENT && first == 0; i++ )); do
    word=$words[i]
    if [[ -n $skip ]]; then
      skip=
    elif [[ $word == -* ]]; then # ssh's, also behind the host; some take the next word
      [[ -n ${word#-*[BbcDEeFIiJLlmOoPpQRSWw]} ]] || skip=yes
    elif [[ -z $host ]]; then
      host=${${${word##*@}#\[}%\]}
      (( $+functions[_lectern@$host] )) || break
    else
      verb=$word first=$i
    fi
  done
  if [[ -z $host || -n $skip || ( -z $verb && $PREFIX == -* ) ]] || (( ! $+functions[_lectern@$host] )); then
    eval $_lectern_before
    return
  fi

  local port cache expl ret=1
  local -a verbs places specs
  _lectern@$host $verb
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/lectern/$host${port:+-$port}
  command sh -c $_lectern_fetch lectern $cache ${port:+-p} ${port:+$port} $host
  if [[ -z $verb ]]; then
    _describe -t verbs verb verbs && ret=0
    _lectern_posts && ret=0
    _wanted places expl place compadd -S '' -a places && ret=0
    return ret
  fi
  shift $(( first - 1 )) words
  (( CURRENT -= first - 1 ))
  _arguments -S : $specs
}

function _lectern_posts {
  local expl text
  local -a slugs
  [[ -r $cache ]] && text=$(<$cache)
  [[ $text == *[^a-z0-9_$'\n'-]* ]] || slugs=( ${(f)text} ) # fetch wrote no other characters
  _wanted -V posts expl post compadd -a slugs
}

if (( ! $+functions[compdef] )); then
  print -u2 'lectern: no completion: read this file after compinit, in ~/.zshrc'
elif [[ ${_comps[ssh]-} != _lectern_ssh ]]; then
  typeset -g _lectern_before=${_comps[ssh]:-_default}
  compdef _lectern_ssh ssh
fi
