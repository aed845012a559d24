import { PACKAGE_MANAGERS } from './package-manager.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** What can be completed. */
export interface Words {
  flags: { long: string; description: string }[]
  topologies: { name: string; summary: string }[]
}

const COMMANDS = ['list', 'completion']

/** A script that, read by the shell, completes the command there. */
export function describeCompletion(shell: Shell, words: Words): string {
  return { bash: forBash, zsh: forZsh, fish: forFish }[shell](words)
}

function forBash({ flags, topologies }: Words): string {
  return `# Add to ~/.bashrc: eval "$(create-electron-ports completion bash)"
_create_electron_ports() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words
  case "$before" in
    --topology | -t) words="${topologies.map(({ name }) => name).join(' ')}" ;;
    --pm) words="${PACKAGE_MANAGERS.join(' ')}" ;;
    completion) words="${SHELLS.join(' ')}" ;;
    *) words="${[...COMMANDS, ...flags.map(({ long }) => long)].join(' ')}" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _create_electron_ports create-electron-ports`
}

function forZsh({ flags, topologies }: Words): string {
  const values: Record<string, string> = {
    '--topology': `:topology:(${topologies.map(({ name }) => name).join(' ')})`,
    '--pm': `:package manager:(${PACKAGE_MANAGERS.join(' ')})`,
  }
  const specs = flags.map(
    ({ long, description }) => `    '${long}[${description}]${values[long] ?? ''}' \\`,
  )
  return `#compdef create-electron-ports
# Add to ~/.zshrc, after compinit: eval "$(create-electron-ports completion zsh)"
_create_electron_ports() {
  _arguments \\
${specs.join('\n')}
    '1: :_alternative "commands:command:(${COMMANDS.join(' ')})" "folders:directory:_directories"' \\
    '2: :(${SHELLS.join(' ')})'
}
compdef _create_electron_ports create-electron-ports`
}

function forFish({ flags, topologies }: Words): string {
  const values: Record<string, string> = {
    '--topology': ` -xa '${topologies.map(({ name }) => name).join(' ')}'`,
    '--pm': ` -xa '${PACKAGE_MANAGERS.join(' ')}'`,
  }
  const flagLines = flags.map(
    ({ long, description }) =>
      `complete -c create-electron-ports -l ${long.slice(2)} -d '${description}'${values[long] ?? ''}`,
  )
  return `# Run: create-electron-ports completion fish > ~/.config/fish/completions/create-electron-ports.fish
complete -c create-electron-ports -n __fish_use_subcommand -a '${COMMANDS.join(' ')}'
complete -c create-electron-ports -n '__fish_seen_subcommand_from completion' -xa '${SHELLS.join(' ')}'
${flagLines.join('\n')}`
}
