/** When something was, in the width of a column: `2:05 PM` today, `Mon` within six days, then `Nov 3`, with the year when it is another one. */
export function shortTime(momentMs: number, nowMs: number, timeZone?: string): string {
  const days = dayNumber(nowMs, timeZone) - dayNumber(momentMs, timeZone)
  if (days <= 0) return clockTime(momentMs, timeZone)
  if (days < 7) return format(momentMs, { weekday: 'short', timeZone })
  const sameYear = format(momentMs, { year: 'numeric', timeZone }) === format(nowMs, { year: 'numeric', timeZone })
  return format(momentMs, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }), timeZone })
}

/** The day as a heading between messages: `Today`, `Yesterday`, `Monday, November 2`. */
export function dayWords(momentMs: number, nowMs: number, timeZone?: string): string {
  const days = dayNumber(nowMs, timeZone) - dayNumber(momentMs, timeZone)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const sameYear = format(momentMs, { year: 'numeric', timeZone }) === format(nowMs, { year: 'numeric', timeZone })
  return format(momentMs, {
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
    timeZone,
  })
}

/** A time to come: `2:05 PM` today, `tomorrow, 8:00 AM`, then with its weekday, which a week ahead tells it by. */
export function futureWords(momentMs: number, nowMs: number, timeZone?: string): string {
  const days = dayNumber(momentMs, timeZone) - dayNumber(nowMs, timeZone)
  const at = clockTime(momentMs, timeZone)
  if (days <= 0) return at
  return days === 1 ? `tomorrow, ${at}` : `${format(momentMs, { weekday: 'long', timeZone })}, ${at}`
}

/** `2:05 PM` */
export function clockTime(momentMs: number, timeZone?: string): string {
  // Browsers separate the letters by a narrow space that some fonts lack.
  return format(momentMs, { hour: 'numeric', minute: '2-digit', timeZone }).replace('\u202f', ' ')
}

/** Days since 1970 of the calendar day a moment falls on. */
export function dayNumber(momentMs: number, timeZone?: string): number {
  const [month = 0, day = 0, year = 0] = format(momentMs, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone,
  })
    .split('/')
    .map(Number)
  return Date.UTC(year, month - 1, day) / 86_400_000
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format costs more than using it a thousand times. */
function format(momentMs: number, options: Intl.DateTimeFormatOptions): string {
  const key = JSON.stringify(options)
  const made = formats.get(key) ?? new Intl.DateTimeFormat('en-US', options)
  formats.set(key, made)
  return made.format(momentMs)
}
