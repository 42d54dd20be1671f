import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { unzipSync } from 'fflate'

export interface FunctionAnswer {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
  /** Of a function that does not stream, or of an event that is no request. */
  readonly result?: unknown
  /** What the function failed with. */
  readonly failed?: string
}

export interface UnpackedFunction {
  readonly ask: (event: unknown) => Promise<FunctionAnswer>
  /** What it wrote to its log. */
  readonly log: () => string
  readonly close: () => Promise<void>
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Puts what a package holds into a folder that is empty. */
export function unpack(zipFile: string, folder: string): void {
  for (const [path, content] of Object.entries(unzipSync(readFileSync(zipFile)))) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/**
 * A function from its package alone, as a process with the environment of a stage and nothing of this machine's.
 * @param noted file in which every connection it wants to make is written down; it gets none
 */
export function startFunction(
  folder: string,
  environment: Readonly<Record<string, string>>,
  noted?: string,
): UnpackedFunction {
  const child = spawn(
    process.execPath,
    [...(noted === undefined ? [] : ['--import', at('../offline/note-connections.mjs')]), at('./call-function.mjs')],
    {
      cwd: folder,
      env: {
        LAMBDA_TASK_ROOT: folder,
        TZ: ':UTC',
        ...environment,
        ...(noted === undefined ? {} : { NOTED_CONNECTIONS: noted }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  let log = ''
  const waiting: PromiseWithResolvers<FunctionAnswer>[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    const mark = line.indexOf('\u0001')
    if (mark === -1) log += `${line}\n`
    else waiting.shift()?.resolve(JSON.parse(line.slice(mark + 1)) as FunctionAnswer)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.once('close', () => {
    for (const one of waiting.splice(0)) one.reject(new Error(`the function ended: ${log.slice(-2000)}`))
  })
  child.stdin.on('error', () => undefined)
  return {
    ask: (event) => {
      const answer = Promise.withResolvers<FunctionAnswer>()
      waiting.push(answer)
      child.stdin.write(`${JSON.stringify(event)}\n`)
      return answer.promise
    },
    log: () => log,
    close: async () => {
      child.stdin.end()
      await ended
    },
  }
}

/** An event of a function URL, or of an HTTP API. @source AWS Lambda Developer Guide, "Invoking Lambda function URLs" (payload format 2.0) */
export function httpEvent(
  method: string,
  path: string,
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Buffer } = {},
): unknown {
  const [rawPath = '/', rawQueryString = ''] = path.split('?', 2)
  const { cookie, ...others } = headers
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: { host: 'abcdefgh.lambda-url.us-east-1.on.aws', ...others },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abcdefgh',
      domainName: 'abcdefgh.lambda-url.us-east-1.on.aws',
      domainPrefix: 'abcdefgh',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'test' },
      requestId: '11111111-2222-4333-8444-555555555555',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
    },
    ...(body === undefined ? { isBase64Encoded: false } : { body: body.toString('base64'), isBase64Encoded: true }),
  }
}
