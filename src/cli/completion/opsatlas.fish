# Completion for fish: opsatlas --completions fish | source
function __opsatlas_complete
    # The last word without its quotes, as the program would get it.
    set -l last (commandline -ct | string replace -ra '\\\\(.)' '$1' | string trim -l -c '"\'')
    set -l words (commandline -opc) "$last"
    $words[1] --complete -- $words[2..] 2>/dev/null
end
function __opsatlas_wants_file
    set -l words (commandline -opc)
    contains -- $words[-1] @FILES@
end
complete -c opsatlas -n __opsatlas_wants_file -F
complete -c opsatlas -n 'not __opsatlas_wants_file' -f -k -a '(__opsatlas_complete)'
