import { randomUUID } from 'node:crypto'
import type { Forwarder } from '../moto/forward.ts'
import { AwsError } from '../wire/aws-error.ts'
import { jsonRefusal } from '../wire/json-protocol.ts'
import type { CloudAnswer, CloudRequest } from '../wire/messages.ts'
import type { Asked } from '../wire/protocol.ts'
import { xmlRefusal } from '../wire/query-protocol.ts'
import { unknownOperation } from '../wire/rest-protocol.ts'
import { type AccountKeys, SPEAKS_XML } from './account-keys.ts'
import { type Call, changesSomething } from './calls.ts'
import type { Doorkeepers, Passing } from './doorkeeper.ts'
import type { Faults, Struck } from './faults.ts'
import { type Addressed, actionOf, addressee } from './identify.ts'
import { keyParameters } from './key-parameters.ts'
import type { Guard, OwnApi } from './own-api.ts'
import { passedParameters } from './passed-parameters.ts'

/** Everything that answers calls. */
export interface Answering {
  readonly keys: AccountKeys
  readonly faults: Faults
  readonly doorkeepers: Doorkeepers
  readonly services: ReadonlyMap<string, OwnApi>
  readonly guards: ReadonlyMap<string, Guard>
  readonly forwarder: Forwarder
  readonly record: (call: Call) => void
  /** Why moto can answer nothing any more. */
  readonly motoDeath: () => string | undefined
}

/** Whoever asks another region has made a mistake: everything of this project is in one. */
const REGION = 'us-east-1'

/** The answer to a request, or that its connection is cut. The call is recorded when it is known what it asks for. */
export async function answerCall(parts: Answering, request: CloudRequest): Promise<CloudAnswer | 'cut'> {
  const at = Date.now()
  let addressed: Addressed = { service: 's3', region: 'us-east-1' }
  let { finish } = begin(parts, { service: '?', action: '?', region: '?', parameters: {}, at })
  try {
    addressed = addressee(request)
    const { service, region, accessKeyId } = addressed
    if (region !== REGION)
      throw new AwsError('RegionNotAvailable', `The laptop's AWS has ${REGION} only, not ${region}.`)
    const own = parts.services.get(service)
    const asked = own?.protocol.find(own.operations, request)
    const action = asked?.operation.name ?? actionOf(addressed, request)
    const parameters = asked === undefined ? passedParameters(addressed, request) : keyParameters(asked.input)
    const standing = accessKeyId === undefined ? undefined : parts.keys.standing(accessKeyId)
    const known = standing?.kind === 'valid' ? { accountId: standing.accountId } : {}
    const seen = { service, action, region, parameters, ...known }
    const begun = begin(parts, { ...seen, at })
    finish = begun.finish
    const pass = (when: Passing['when']) => parts.doorkeepers.pass({ call: begun.call, when, body: request.body })
    const accountId = accessKeyId === undefined ? undefined : parts.keys.accountOf(accessKeyId, service)

    const struck = parts.faults.strike(seen)
    if (struck !== undefined && (await suffer(struck)) === 'cut') return finish('cut')
    const early = await pass('before')
    if (early === 'cut') return finish('cut')
    const answer =
      early === 'goes on' ? await respond(parts, { own, asked, addressed, action, accountId, request }) : early
    const late = await pass('after')
    if (late === 'cut' || struck?.effect.kind === 'drop') return finish('cut')
    return finish(late === 'goes on' ? answer : late)
  } catch (error) {
    const refusal = asRefusal(error)
    return finish(refuse(parts, addressed, request, refusal), refusal.code)
  }
}

type Finish = (answer: CloudAnswer | 'cut', code?: string) => CloudAnswer | 'cut'

/** Records a call that has arrived; what is returned notes how it was answered. Whoever is not identified is recorded at the end only. */
function begin(
  parts: Answering,
  seen: Omit<Call, 'status' | 'changes' | 'code'>,
): { readonly call: Call; readonly finish: Finish } {
  const call: { -readonly [Name in keyof Call]: Call[Name] } = {
    ...{ ...seen, status: 0, changes: changesSomething(seen.action, seen.parameters) },
  }
  const isIdentified = seen.service !== '?'
  if (isIdentified) parts.record(call)
  const finish: Finish = (answer, code) => {
    const refused = code ?? (answer === 'cut' ? undefined : codeOf(answer))
    call.status = answer === 'cut' ? 0 : answer.status
    if (refused !== undefined) call.code = refused
    if (!isIdentified) parts.record(call)
    return answer
  }
  return { call, finish }
}

interface Pending {
  readonly own: OwnApi | undefined
  readonly asked: Asked | undefined
  readonly addressed: Addressed
  readonly action: string
  readonly accountId: string | undefined
  readonly request: CloudRequest
}

async function respond(parts: Answering, pending: Pending): Promise<CloudAnswer> {
  const { own, asked, addressed, action, accountId, request } = pending
  if (own !== undefined) {
    if (asked === undefined) throw unknownOperation(own.name, request)
    const context = { accountId: accountId ?? '', accessKeyId: addressed.accessKeyId ?? '', region: addressed.region }
    const output = await own.handle(asked.operation.name, asked.input, context)
    return own.protocol.answer(asked.operation, output, randomUUID())
  }
  const death = parts.motoDeath()
  if (death !== undefined) throw new AwsError('EmulatorDied', death)
  const guard = parts.guards.get(addressed.service)
  const call = {
    ...{ action, request, region: addressed.region },
    ...{ accountId: accountId ?? '', accessKeyId: addressed.accessKeyId ?? '' },
  }
  const early = await guard?.before?.(call)
  if (early !== undefined) return early
  const answer = await parts.forwarder.forward(addressed.service, request, accountId)
  return guard?.after === undefined ? answer : guard.after(call, answer)
}

/** Lets a fault happen. `cut`: the call goes no further. */
async function suffer({ effect, removed }: Struck): Promise<'cut' | 'goes on'> {
  switch (effect.kind) {
    case 'error':
      throw new AwsError(effect.code, effect.message ?? `${effect.code}, injected.`, effect.status ?? 400)
    case 'drop':
      return effect.when === 'before' ? 'cut' : 'goes on'
    case 'freeze':
      await removed
      return 'goes on'
    case 'delay':
      await Promise.race([removed, new Promise((resolve) => setTimeout(resolve, effect.ms))])
      return 'goes on'
  }
}

/** Our own mistakes get a code that no client retries and everybody sees. */
function asRefusal(error: unknown): AwsError {
  if (error instanceof AwsError) return error
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new AwsError('LaptopAwsBug', `A mistake in the laptop's AWS: ${text}`)
}

function refuse(
  { services }: Answering,
  { service }: Addressed,
  { headers }: CloudRequest,
  error: AwsError,
): CloudAnswer {
  const requestId = randomUUID()
  const own = services.get(service)
  if (own !== undefined) return own.protocol.refuse(error, requestId)
  if (service === 's3') return s3Refusal(error, requestId)
  if (headers['x-amz-target'] === undefined && SPEAKS_XML.has(service)) return xmlRefusal(error, requestId, '')
  return jsonRefusal(error, headers['content-type'] ?? 'application/json', requestId)
}

/** S3 has no element around the error. @source Amazon S3 API Reference, "Error responses" */
function s3Refusal(error: AwsError, requestId: string): CloudAnswer {
  const answer = xmlRefusal(error, requestId, '')
  return { ...answer, body: String(answer.body).replace(/^<ErrorResponse[^>]*>(<Error>.*<\/Error>).*$/s, '$1') }
}

/** Error code in an answer that moto gave. */
function codeOf({ status, headers, body }: CloudAnswer): string | undefined {
  if (status < 400) return undefined
  const text = typeof body === 'string' ? body : body.toString('utf8')
  const code =
    headers['x-amzn-errortype'] ?? /"__type"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? /<Code>([^<]+)<\/Code>/.exec(text)?.[1]
  return code?.split('#').at(-1)?.split(':')[0]
}
