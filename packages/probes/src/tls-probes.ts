import { handshakeOf, type Probe } from './probe.ts'
import type { StageFacts } from './stage-facts.ts'

/** Every public name speaks TLS 1.2 or later, with a certificate of its own that does not end soon. */
export function tlsProbes({ tlsNames, certificateDays }: StageFacts): readonly Probe[] {
  return tlsNames.map((name) => ({
    id: `tls.${name}`,
    group: 'tls',
    title: `${name} has a certificate for that name and speaks TLS 1.2 or later alone`,
    incidents: ['D11'],
    *course() {
      const { protocol, distrust, daysLeft, oldAccepted } = yield* handshakeOf(name)
      return [
        ...(distrust === undefined ? [] : [`${name}: the certificate is not good for it (${distrust})`]),
        ...(daysLeft >= certificateDays
          ? []
          : [`${name}: the certificate ends in ${Math.floor(daysLeft)} days, at least ${certificateDays} are owed`]),
        ...(/^TLSv1\.[23]$/.test(protocol) ? [] : [`${name}: speaks ${protocol}`]),
        ...oldAccepted.map((old) => `${name}: accepts ${old}`),
      ]
    },
  }))
}
