# Completion for fish: opsatlas --completions fish | source
function __opsatlas_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] --complete -- $words[2..] 2>/dev/null
end
function __opsatlas_wants_file
    set -l words (commandline -opc)
    contains -- $words[-1] @FILES@
end
complete -c opsatlas -n __opsatlas_wants_file -F
complete -c opsatlas -n 'not __opsatlas_wants_file' -f -k -a '(__opsatlas_complete)'
