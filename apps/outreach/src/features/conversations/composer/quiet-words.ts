import type { QuietHours } from '@sax/api-contract'

/** What to say of quiet hours in the patient's own time. */
export function quietWords(quietHours: QuietHours, nowMs: number): string {
  const time = (atMs: number) =>
    new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit', timeZone: quietHours.timeZone }).format(atMs)
  return `It is ${time(nowMs)} for the patient. Quiet until ${time(Date.parse(quietHours.changesAt))}.`
}
