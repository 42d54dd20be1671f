import { Carrier, type CarrierOptions } from '../src/carrier/carrier.ts'
import { type VirtualTime, virtualTime } from './virtual-time.ts'

export const accountSid = `AC${'a'.repeat(32)}`
export const authToken = '0123456789abcdef0123456789abcdef'
export const serviceSid = `MG${'b'.repeat(32)}`
export const harbor = '+16175550100'
/** Two numbers of one service. */
export const [poolOne, poolTwo] = ['+12125550100', '+13125550100']
export const maeve = '+16175550101'
export const inboundUrl = 'http://127.0.0.1:4000/inbound'
export const statusUrl = 'http://127.0.0.1:4000/status?m=1'
/** Noon in London, 10 January 2027. */
export const noonMs = Date.UTC(2027, 0, 10, 12)

export interface Webhook {
  readonly url: string
  readonly headers: Headers
  readonly parameters: Readonly<Record<string, string>>
}

export interface CarrierFixture {
  readonly carrier: Carrier
  readonly time: VirtualTime
  /** What the carrier asked for, in order. */
  readonly asked: Webhook[]
  /** Sends from `harbor` to `maeve` unless told otherwise. */
  readonly send: (form?: Record<string, string>) => ReturnType<Carrier['send']>
  /** Statuses of the callbacks so far. */
  readonly statuses: () => (string | undefined)[]
}

/** A carrier whose time stands still and whose requests go nowhere. */
export function carrierFixture(options: Partial<CarrierOptions> = {}): CarrierFixture {
  const time = virtualTime(noonMs)
  const asked: Webhook[] = []
  let sids = 0
  const carrier = new Carrier({
    accountSid,
    authToken,
    senders: [
      { phone: harbor, name: 'Harbor Sleep Center' },
      { phone: poolOne, name: 'Pool one', serviceSid },
      { phone: poolTwo, name: 'Pool two', serviceSid },
    ],
    services: [{ sid: serviceSid, advancedOptOut: true }],
    inboundUrl,
    baseUrl: 'http://127.0.0.1:4020',
    time,
    fetch: async (url, init) => {
      asked.push({
        url: String(url),
        headers: new Headers(init?.headers),
        parameters: Object.fromEntries(new URLSearchParams(String(init?.body ?? ''))),
      })
      return new Response('', { status: 200 })
    },
    newSid: (prefix) => {
      sids += 1
      return prefix + sids.toString(16).padStart(32, '0')
    },
    newToken: () => `token-${sids}`,
    random: () => 0.5,
    segmentsPerSec: 1000,
    ...options,
  })
  return {
    carrier,
    time,
    asked,
    send: (form = {}) =>
      carrier.send(new URLSearchParams({ To: maeve, From: harbor, Body: 'Hello', StatusCallback: statusUrl, ...form })),
    statuses: () => asked.filter(({ url }) => url === statusUrl).map(({ parameters }) => parameters.MessageStatus),
  }
}
