import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTimes } from './practice-calendar.ts'
import { type Happening, type ResponsePromise, responseStatus, type Wait, waitAfter } from './response-time.ts'

const weekdays = [1, 2, 3, 4, 5]
const office: ResponsePromise = {
  timeZone: 'America/New_York',
  openingHours: weekdays.map((weekday) => ({ weekday, opens: '08:00', closes: '17:00' })),
  holidays: ['2026-11-26'],
  targetMin: 10,
  warningMin: 7,
}
const always: ResponsePromise = { ...office, openingHours: [], holidays: [] }
const asked = (at: string): Happening => ({ kind: 'asked', at: new Date(at) })
const due = (at: string, promise: ResponsePromise) => {
  const wait = waitAfter(undefined, asked(at), promise)
  return [wait?.warnAt.toISOString(), wait?.dueAt.toISOString()]
}

describe('A4: a message is due after the promised minutes of opening time', () => {
  test.each<[why: string, at: string, promise: ResponsePromise, warnAt: string, dueAt: string]>([
    ['at noon', '2026-11-24T17:00:00.000Z', office, '2026-11-24T17:07:00.000Z', '2026-11-24T17:10:00.000Z'],
    [
      'at night: from eight',
      '2026-11-25T04:00:00.000Z',
      office,
      '2026-11-25T13:07:00.000Z',
      '2026-11-25T13:10:00.000Z',
    ],
    [
      'four minutes to five',
      '2026-11-24T21:56:00.000Z',
      office,
      '2026-11-25T13:03:00.000Z',
      '2026-11-25T13:06:00.000Z',
    ],
    [
      'the evening before Thanksgiving: on Friday',
      '2026-11-25T23:00:00.000Z',
      office,
      '2026-11-27T13:07:00.000Z',
      '2026-11-27T13:10:00.000Z',
    ],
    ['Friday, at closing', '2026-11-27T22:00:00.000Z', office, '2026-11-30T13:07:00.000Z', '2026-11-30T13:10:00.000Z'],
    ['without hours', '2026-11-28T03:00:00.000Z', always, '2026-11-28T03:07:00.000Z', '2026-11-28T03:10:00.000Z'],
    [
      'Saturday before clocks go forward: eight is an hour earlier on Monday',
      '2026-03-07T18:00:00.000Z',
      office,
      '2026-03-09T12:07:00.000Z',
      '2026-03-09T12:10:00.000Z',
    ],
    [
      'five minutes before the hour that is skipped',
      '2026-03-08T06:55:00.000Z',
      { ...office, openingHours: [{ weekday: 7, opens: '00:00', closes: '24:00' }] },
      '2026-03-08T07:02:00.000Z',
      '2026-03-08T07:05:00.000Z',
    ],
    [
      'open from a time that is skipped: from as much later',
      '2026-03-08T06:00:00.000Z',
      { ...office, openingHours: [{ weekday: 7, opens: '02:30', closes: '06:00' }] },
      '2026-03-08T07:37:00.000Z',
      '2026-03-08T07:40:00.000Z',
    ],
    [
      'open until one in the night that has two: until the first',
      '2026-11-01T04:55:00.000Z',
      { ...office, openingHours: [{ weekday: 7, opens: '00:00', closes: '01:00' }] },
      '2026-11-08T05:02:00.000Z',
      '2026-11-08T05:05:00.000Z',
    ],
    [
      'a lunch break is no opening time',
      '2026-11-24T16:55:00.000Z',
      {
        ...office,
        openingHours: [
          { weekday: 2, opens: '13:00', closes: '17:00' },
          { weekday: 2, opens: '08:00', closes: '12:00' },
        ],
      },
      '2026-11-24T18:02:00.000Z',
      '2026-11-24T18:05:00.000Z',
    ],
    [
      'another promise',
      '2026-11-24T17:00:00.000Z',
      { ...office, targetMin: 60, warningMin: 45 },
      '2026-11-24T17:45:00.000Z',
      '2026-11-24T18:00:00.000Z',
    ],
    [
      'never open at all: as if always',
      '2026-11-24T17:00:00.000Z',
      { ...office, openingHours: [{ weekday: 1, opens: '08:00', closes: '08:00' }] },
      '2026-11-24T17:07:00.000Z',
      '2026-11-24T17:10:00.000Z',
    ],
  ])('%s', (_why, at, promise, warnAt, dueAt) => {
    expect(due(at, promise)).toEqual([warnAt, dueAt])
  })
})

test('A4: warning and breach begin at their instant, and an answer ends both', () => {
  const wait = waitAfter(undefined, asked('2026-11-24T17:00:00Z'), office)
  const statusAt = (time: string) => responseStatus(wait, new Date(`2026-11-24T${time}Z`))
  expect([statusAt('17:06:59.999'), statusAt('17:07:00'), statusAt('17:09:59.999'), statusAt('17:10:00')]).toEqual([
    'ok',
    'warning',
    'warning',
    'breached',
  ])
  const after = waitAfter(wait, { kind: 'answered', at: new Date('2026-11-24T18:00:00Z') }, office)
  expect([after, responseStatus(after, new Date('2026-11-25T00:00:00Z'))]).toEqual([undefined, 'ok'])
})

test('an automatic reply answers nobody, and a second question does not move the first', () => {
  const first = waitAfter(undefined, asked('2026-11-24T17:00:00Z'), office)
  const automatic = waitAfter(first, { kind: 'automatic', at: new Date('2026-11-24T17:00:05Z') }, office)
  expect(waitAfter(automatic, asked('2026-11-24T17:09:00Z'), office)).toEqual(first)
})

const zones = ['America/New_York', 'America/Phoenix', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca']
const clock = fc.integer({ min: 0, max: 1439 }).map((minute) => hhmm(minute))
const hhmm = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const hours = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), a: clock, b: fc.oneof(clock, fc.constant('24:00')) })
  .map(({ weekday, a, b }) => {
    const [opens = a, closes = b] = [a, b].toSorted()
    return { weekday, opens, closes }
  })
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const promise: fc.Arbitrary<ResponsePromise> = fc.record({
  timeZone: fc.constantFrom(...zones),
  openingHours: fc.array(hours, { maxLength: 9 }),
  holidays: fc.array(
    instant.map((at) => at.toISOString().slice(0, 10)),
    { maxLength: 20 },
  ),
  targetMin: fc.integer({ min: 1, max: 600 }),
  warningMin: fc.integer({ min: 1, max: 600 }),
})

/** Whether the practice is open at a minute, as its clock on the wall says: another way to the same answer. */
function wallClock({ timeZone, openingHours, holidays }: ResponsePromise): (at: number) => boolean {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  return (at) => {
    const [date = '', time = ''] = format.format(at).split(', ')
    if (holidays.includes(date)) return false
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7
    return (
      openingHours.length === 0 ||
      openingHours.some((one) => one.weekday === weekday && one.opens <= time && time < one.closes)
    )
  }
}

describe('of every calendar', () => {
  test('open times begin no earlier than asked, are in order, and do not overlap', () => {
    fc.assert(
      fc.property(instant, promise, (start, calendar) => {
        let reached = start.getTime()
        for (const { from, until } of openTimes(start, calendar)) {
          if (reached > start.getTime() + 40 * 86_400_000) break
          expect(from.getTime()).toBeGreaterThanOrEqual(reached)
          expect(until.getTime()).toBeGreaterThan(from.getTime())
          reached = until.getTime()
        }
      }),
      { numRuns: 200 },
    )
  })

  test('the minutes between a message and its time that the clock on the wall calls open are the promised ones', () => {
    fc.assert(
      fc.property(instant, promise, (at, calendar) => {
        const start = new Date(Math.floor(at.getTime() / 60_000) * 60_000)
        const wait = waitAfter(undefined, { kind: 'asked', at: start }, calendar)
        // A night with an hour too many, or one too few, is told by the examples above.
        fc.pre(wait !== undefined && offset(start, calendar.timeZone) === offset(wait.dueAt, calendar.timeZone))
        let minutes = 0
        for (const { from, until } of openTimes(start, calendar)) minutes += (+until - +from) / 60_000
        fc.pre(minutes >= calendar.targetMin && +wait.dueAt - +start < 8 * 86_400_000)
        const isOpen = wallClock(calendar)
        let open = 0
        for (let time = +start; time < +wait.dueAt; time += 60_000) if (isOpen(time)) open += 1
        expect(open).toBe(calendar.targetMin)
      }),
      { numRuns: 40 },
    )
  })

  test('fewer open minutes in a year than promised: warning and breach by the clock, in order', () => {
    const calendar: ResponsePromise = {
      timeZone: 'America/New_York',
      openingHours: [{ weekday: 1, opens: '23:52', closes: '24:00' }],
      holidays: [],
      targetMin: 457,
      warningMin: 1,
    }
    const at = new Date('2026-01-01T00:00:00Z')
    expect(waitAfter(undefined, { kind: 'asked', at }, calendar)).toEqual({
      since: at,
      warnAt: new Date('2026-01-01T00:01:00Z'),
      dueAt: new Date('2026-01-01T07:37:00Z'),
    })
  })

  test('warning never comes after breach, nor either before the message', () => {
    fc.assert(
      fc.property(instant, promise, (at, calendar) => {
        const wait = waitAfter(undefined, { kind: 'asked', at }, calendar)
        expect(wait && wait.warnAt <= wait.dueAt && wait.warnAt > at).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('whatever was said, somebody waits exactly when a question came after the last answer, since the first such', () => {
    const happening = fc.record({ kind: fc.constantFrom('asked', 'answered', 'automatic'), at: instant })
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), promise, (happenings, calendar) => {
        const wait = happenings.reduce<Wait | undefined>((before, one) => waitAfter(before, one, calendar), undefined)
        const afterAnswer = happenings.slice(happenings.findLastIndex(({ kind }) => kind === 'answered') + 1)
        expect(wait?.since).toEqual(afterAnswer.find(({ kind }) => kind === 'asked')?.at)
      }),
      { numRuns: 200 },
    )
  })
})

function offset(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(at).split(', ')[1] ?? ''
}
