import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { LogLine } from '@sax/probes'

/** How far back a file is read, bytes: the requests in question were made moments ago. */
const TAIL_BYTES = 2 * 1024 * 1024

/** Lines are written after the answer has left. They are awaited until none has come for QUIET_MS, PATIENCE_MS at most. */
const QUIET_MS = 200
const PATIENCE_MS = 4000
const STEP_MS = 40

/** The lines of all hops under one request id, in the order of time. */
export async function linesOf(logDir: string, requestId: string, nowMs: () => number): Promise<readonly LogLine[]> {
  const startedMs = nowMs()
  let lines = await readLines(logDir, requestId)
  let changedMs = nowMs()
  while (nowMs() - startedMs < PATIENCE_MS && (lines.length === 0 || nowMs() - changedMs < QUIET_MS)) {
    await delay(STEP_MS)
    const again = await readLines(logDir, requestId)
    if (again.length !== lines.length) changedMs = nowMs()
    lines = again
  }
  return lines
}

async function readLines(logDir: string, requestId: string): Promise<readonly LogLine[]> {
  const names = (await readdir(logDir)).filter((name) => name.endsWith('.log'))
  const texts = await Promise.all(names.map((name) => tailOf(join(logDir, name))))
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.includes(requestId))
    .flatMap(parseLine)
    .filter((line) => line.fields.requestId === requestId)
    .toSorted((a, b) => String(a.fields.time).localeCompare(String(b.fields.time)))
}

function parseLine(text: string): readonly LogLine[] {
  try {
    const fields = JSON.parse(text) as Record<string, unknown>
    return [{ service: String(fields.service ?? ''), message: String(fields.message ?? ''), fields }]
  } catch {
    return []
  }
}

async function tailOf(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const length = Math.min(size, TAIL_BYTES)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await file.close()
  }
}
