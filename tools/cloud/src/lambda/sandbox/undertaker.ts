import { spawn } from 'node:child_process'

/** Ends what is left when we are gone, however that came about. */
export interface Undertaker {
  /** Notes a process group that must not outlive us. */
  readonly watch: (pid: number) => void
  readonly forget: (pid: number) => void
  /** Ends it; it then clears away the folders as well. */
  readonly close: () => Promise<void>
}

/** Reads what to watch, until its input ends, which it does even when we are killed. Then it kills and clears away. */
const SCRIPT = `
groups=""
while read -r op group; do
  case "$op" in
    watch) groups="$groups $group" ;;
    forget) left=""; for one in $groups; do [ "$one" = "$group" ] || left="$left $one"; done; groups="$left" ;;
  esac
done
for one in $groups; do kill -9 -"$one" 2>/dev/null; done
rm -rf "$1"
[ -z "$2" ] || for try in 1 2 3 4 5; do
  for one in "$2"/*/; do rmdir "$one" 2>/dev/null; done
  rmdir "$2" 2>/dev/null && break
  sleep 0.1
done
`

/**
 * Starts it as a process of its own.
 * @param folder is removed in the end
 * @param controlGroup is removed in the end, with the groups below it
 */
export function startUndertaker(folder: string, controlGroup: string | undefined): Undertaker {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'undertaker', folder, controlGroup ?? ''], {
    ...{ stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: { PATH: '/usr/bin:/bin' } },
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // It is kept alive by what it reads, and must not keep us.
  child.unref()
  child.stdin?.on('error', () => undefined)
  const tell = (line: string) => child.stdin?.write(`${line}\n`)
  return {
    watch: (pid) => tell(`watch ${pid}`),
    forget: (pid) => tell(`forget ${pid}`),
    close: async () => {
      child.ref()
      child.stdin?.end()
      await ended
    },
  }
}
