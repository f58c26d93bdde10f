#compdef opsatlas
# Completion for zsh: eval "$(opsatlas --completions zsh)", or a file `_opsatlas` in $fpath
_opsatlas() {
    local line
    local -a texts told typed
    case ${words[CURRENT-1]} in
        (@FILES@) _files; return ;;
    esac
    # The words without their quotes, as the program would get them; that of the last is still open.
    typed=("${(@Q)words[2,CURRENT]}")
    typed[-1]=${typed[-1]#[\'\"]}
    for line in "${(@f)$("${words[1]}" --complete -- "${(@)typed}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        texts+=("${line%%$'\t'*}")
        told+=("${line/$'\t'/  }")
    done
    (( $#texts )) || return 1
    # They are near what was typed, if not the same to the letter.
    compadd -U -V opsatlas -l -d told -a texts
}
if [ "$funcstack[1]" = "_opsatlas" ]; then
    _opsatlas "$@"
else
    compdef _opsatlas opsatlas
fi
