# Usage: drive.zsh SCRIPT... ; completes each line of standard input in a zsh of its own in a
# pseudo-terminal, by a TAB, and prints [, the candidates, ].
zmodload zsh/zpty
here=${0:h}
zpty inner zsh -f -i
zpty -w inner "PROMPT= ; autoload -Uz compinit; compinit -u -D; for s in ${(q)@} ; do . \$s; done; . ${(q)here}/tell.zsh; print ready"
while zpty -r inner said; do [[ $said == ready* ]] && break; done
while IFS= read -r line; do
  zpty -w -n inner "$line"$'\t'
  print '['
  while zpty -r inner said; do
    said=${said%%[$'\r\n']*}
    [[ $said == *'<end>' ]] && break
    [[ $said == '<hit>'* ]] && print -r -- "${said#<hit>}"
  done
  print ']'
done
zpty -d inner
