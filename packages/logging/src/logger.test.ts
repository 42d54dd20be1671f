import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogger, errorFields, type LogFields, type LogLevel } from './logger.ts'

function logged(level: LogLevel, write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  write(createLogger({ service: 'outreach', level, destination }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** What a caller could hand over if the types were not looking. */
const unchecked = (fields: unknown) => fields as LogFields

test('a line says when, who, how bad and what', () => {
  const [line] = logged('info', (logger) => logger.info('request', { requestId: 'r-1', status: 200, durationMs: 1.5 }))
  expect(line).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    service: 'outreach',
    requestId: 'r-1',
    status: 200,
    durationMs: 1.5,
    message: 'request',
  })
})

test('every line of a function says which release wrote it', () => {
  const lines: string[] = []
  const logger = createLogger({
    service: 'outreach-api',
    release: '0.1.0-0123456789ab',
    destination: { write: (line) => void lines.push(line) },
  })
  logger.info('request', { replyVisibleMs: 900 })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { service: 'outreach-api', release: '0.1.0-0123456789ab', replyVisibleMs: 900 },
  ])
})

test('levels below the configured one are not written', () => {
  const messages = logged('warn', (logger) => {
    logger.debug('d')
    logger.info('i')
    logger.warn('w')
    logger.error('e')
  }).map(({ level, message }) => [level, message])
  expect(messages).toEqual([
    ['warn', 'w'],
    ['error', 'e'],
  ])
})

describe('S9: what may be logged', () => {
  const allowed = new Set([
    ...['level', 'time', 'service', 'message'],
    ...[
      'requestId',
      'method',
      'path',
      'status',
      'durationMs',
      'replyVisibleMs',
      'tenant',
      'practice',
      'saxId',
      'code',
      'errorName',
    ],
    ...['stack', 'zone', 'behavior', 'origin', 'port', 'url', 'release', 'count', 'auth', 'part', 'pid'],
  ])

  test.each(['name', 'email', 'phone', 'body', 'token', 'cookie', 'authorization', 'search', 'err', 'headers'])(
    'S9: a field %s is dropped',
    (key) => {
      const [line] = logged('info', (logger) => logger.info('request', unchecked({ [key]: 'Ana Canary', status: 200 })))
      expect(line).toMatchObject({ status: 200 })
      expect(JSON.stringify(line)).not.toContain('Canary')
    },
  )

  test('S9: whatever a caller hands over, no other key is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (fields) => {
        const [line = {}] = logged('info', (logger) => logger.info('request', unchecked(fields)))
        expect(Object.keys(line).filter((key) => !allowed.has(key))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('S9: an allowed key holds one plain value, never an object with people in it', () => {
    const smuggled = { code: { patient: 'Ana Canary' }, path: ['Ana Canary'], status: new Error('Ana Canary') }
    const [line] = logged('info', (logger) => logger.info('request', unchecked({ ...smuggled, requestId: 'r-1' })))
    expect(line).toMatchObject({ requestId: 'r-1' })
    expect(JSON.stringify(line)).not.toContain('Canary')
  })

  test('S9: a query is cut off paths and addresses, for searches hold names', () => {
    const [line] = logged('info', (logger) =>
      logger.info('request', { path: '/patients?search=Canary', url: 'http://127.0.0.1:3002/x?search=Canary#Canary' }),
    )
    expect(line).toMatchObject({ path: '/patients', url: 'http://127.0.0.1:3002/x' })
  })

  test('S9: an unexpected error is told by its class and place, never by its message', () => {
    const error = new TypeError('Ana Canary\n    at Canary Street 5')
    const fields = errorFields(error)
    expect(fields.errorName).toBe('TypeError')
    expect(fields.stack).toMatch(/^at .*logger\.test\.ts/)
    expect(JSON.stringify(fields)).not.toContain('Canary')
  })

  test('S9: something thrown that is no error is told by its type', () => {
    expect(errorFields('Ana Canary')).toEqual({ errorName: 'string' })
    expect(errorFields(null)).toEqual({ errorName: 'object' })
  })
})
