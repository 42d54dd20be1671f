import type { Stage } from './types.ts'

// Apart from the stages themselves: an application knows what a stage may be called, and nothing of where others live.

export const stageNames = ['develop', 'staging', 'production', 'local', 'rehearsal'] as const satisfies readonly Stage[]

export function isStage(name: string): name is Stage {
  return (stageNames as readonly string[]).includes(name)
}
