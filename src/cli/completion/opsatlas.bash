# Completion for bash: eval "$(opsatlas --completions bash)"
_opsatlas() {
    local word line quote=
    local -a words=()
    case ${COMP_WORDS[COMP_CWORD-1]} in
        @FILES@) compopt -o default; COMPREPLY=(); return ;;
    esac
    # The words without their quotes, as the program would get them.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        word=${word#[\"\']}
        case $word in *[\"\']) word=${word%?} ;; esac
        words+=("${word//\\/}")
    done
    case ${COMP_WORDS[COMP_CWORD]} in [\"\']*) quote=1 ;; esac
    COMPREPLY=()
    while IFS= read -r line; do
        line=${line%%$'\t'*}
        if [[ $quote ]]; then COMPREPLY+=("$line"); else COMPREPLY+=("$(printf %q "$line")"); fi
    done < <("${COMP_WORDS[0]}" --complete -- "${words[@]}" 2>/dev/null)
}
complete -F _opsatlas opsatlas
