# Usage: drive.fish SCRIPT... ; completes each line of standard input and prints [, the candidates, ].
for script in $argv
    source $script
end
while read -l line
    echo '['
    complete -C $line
    echo ']'
end
