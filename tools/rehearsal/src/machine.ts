import { cpus, platform } from 'node:os'

/** On what something was measured, for people. */
export function machineText(): string {
  const [first] = cpus()
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown CPU'}, ${platform()} ${process.arch}, Node ${process.versions.node}`
}
