/** The shells that there is a script for. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * The script for a shell. It asks `factory completion answer` at each TAB, so that it knows of commands and names
 * that came after it. `npx factory` is completed as `factory` is; all else of npx stays as it was.
 *
 * @param program the absolute path of factory's own program
 */
export function scriptOf(shell: Shell, program: string): string {
  return { bash, zsh, fish }[shell].replaceAll("PROGRAM", quoted(program, shell));
}

function quoted(text: string, shell: Shell): string {
  if (shell === "fish") return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Lines of `word<TAB>description`; what stands alone in a line that begins with a colon is an order. */
const bash = `# Completion of factory, for bash: source this file in ~/.bashrc
_factory() {
  local line=\${COMP_LINE:0:COMP_POINT} begun= answer word words
  # bash has broken the words at equals signs and colons; here they are whole.
  read -ra words <<<"$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  if [[ \${words[0]##*/} == npx ]]; then
    [[ \${words[1]} == factory ]] || { compopt -o bashdefault -o default; return; }
    words=("\${words[@]:1}")
  fi
  begun=\${words[-1]}
  COMPREPLY=()
  answer=$(node PROGRAM completion answer -- "\${words[@]:1}" 2>/dev/null) || return
  case $answer in
    :files) compopt -o default; return ;;
    :folders) compopt -o dirnames; return ;;
  esac
  while IFS=$'\\t' read -r word _; do
    [[ -n $word ]] || continue
    [[ $begun == *=* ]] && word=\${word#"\${begun%"\${begun##*=}"}"}
    COMPREPLY+=("$word")
  done <<<"$answer"
}
complete -F _factory factory npx
`;

const zsh = `#compdef factory npx
# Completion of factory, for zsh: source this file in ~/.zshrc, after compinit
_factory() {
  local -a asked lines entries
  local line
  asked=("\${(@)words[2,CURRENT]}")
  if [[ \${words[1]:t} == npx ]]; then
    [[ \${words[2]} == factory ]] || { _default; return }
    asked=("\${(@)words[3,CURRENT]}")
  fi
  lines=("\${(@f)$(node PROGRAM completion answer -- "\${(@)asked}" 2>/dev/null)}")
  case $lines[1] in
    :files) _files; return ;;
    :folders) _files -/; return ;;
  esac
  for line in $lines; do
    entries+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe factory entries
}
compdef _factory factory npx
`;

const fish = `# Completion of factory, for fish: ~/.config/fish/completions/factory.fish
function __factory_answer
    set -l words (commandline -opc)
    test (basename -- $words[1]) = npx; and set -e words[1]
    set -l begun (commandline -ct)
    set -l answer (node PROGRAM completion answer -- $words[2..-1] "$begun" 2>/dev/null)
    switch "$answer[1]"
        case :files
            __fish_complete_path "$begun"
        case :folders
            __fish_complete_directories "$begun"
        case '*'
            printf '%s\\n' $answer
    end
end
complete -c factory -f -a '(__factory_answer)'
complete -c npx -n '__fish_seen_subcommand_from factory' -f -a '(__factory_answer)'
`;
