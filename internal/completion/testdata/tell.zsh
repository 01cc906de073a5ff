# Read by the inner zsh of drive.zsh: TAB tells what would be offered, and offers nothing.
compadd() {
  local -a hits
  (( ${argv[(I)-[OAD]*]} )) && { builtin compadd "$@"; return }
  builtin compadd -A hits "$@"
  print -rl -- '' '<hit>'$^hits
  builtin compadd "$@"
}
tell-hide() { compstate[list]= compstate[insert]= }
tell-complete() { comppostfuncs=(tell-hide); _main_complete }
zle -C tell-list list-choices tell-complete
tell() { zle tell-list; print; print '<end>'; BUFFER= }
zle -N tell
bindkey '^I' tell
