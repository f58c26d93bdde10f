#compdef opsatlas
# Completion for zsh: eval "$(opsatlas --completions zsh)", or a file `_opsatlas` in $fpath
_opsatlas() {
    local line
    local -a texts told
    case ${words[CURRENT-1]} in
        (@FILES@) _files; return ;;
    esac
    for line in "${(@f)$("${words[1]}" --complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
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
