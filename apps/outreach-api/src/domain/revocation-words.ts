/** What a patient's text says about being texted. `yes` means a wish to be texted only after a STOP. */
export type SaidAboutTexting = 'stop' | 'start' | 'yes' | 'help' | 'revocation'

/**
 * Words that count when they are the whole message. The carrier acts on most of them itself.
 * @source Twilio documentation, "Twilio support for opt-out keywords"; 47 CFR 64.1200(a)(10) (words that revoke consent)
 */
const WHOLE: ReadonlyMap<string, SaidAboutTexting> = new Map([
  ...['stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'optout', 'opt out', 'revoke'].map(
    (word) => [word, 'stop'] as const,
  ),
  ...['start', 'unstop'].map((word) => [word, 'start'] as const),
  ['yes', 'yes'],
  ...['help', 'info'].map((word) => [word, 'help'] as const),
])

const TEXTS = '(?:texts?|texting|messages?|messaging|sms|mensajes?)'

/** "Please stop texting me", as people put it. A person decides, so a match too many costs less than one too few. */
const REVOCATIONS: readonly RegExp[] = [
  new RegExp(`\\b(?:stop|quit|cease|end)\\b.{0,25}\\b(?:${TEXTS}|contacting|sending|writing|bothering)\\b`),
  /\b(?:do not|dont|never|no longer)\s+(?:ever\s+)?(?:text|message|contact|sms|write|send)\b/,
  new RegExp(`\\b(?:do not|dont|no longer)\\s+(?:want|need|wish|like)\\b.{0,30}\\b(?:${TEXTS}|contacted)\\b`),
  new RegExp(`\\bno more\\b.{0,20}\\b${TEXTS}\\b`),
  /\b(?:unsubscribe|opt(?:ing)?(?: me)? out|take me off|remove (?:me|my number|this number)|delete my number|lose my number|leave me alone|wrong number)\b/,
  /^(?:please |pls )?stop(?: stop| it| now| this| please| pls| thanks| thank you)*$/,
  /\bno (?:me )?(?:envien?|manden?|escriban?|mas mensajes)\b|\bdejen? de (?:enviar|mandar|escribir)/,
  /^(?:alto|pare|parar|basta|arret)$/,
]

/** Of these words alone the message says nothing; of what else stands in it, it may. */
const THE_OPPOSITE = /\b(?:do not|dont|never) stop\b/g

/** What a message says about being texted, or undefined when it says nothing of it. */
export function saidAboutTexting(body: string): SaidAboutTexting | undefined {
  const said = body
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  const whole = WHOLE.get(said)
  if (whole !== undefined) return whole
  const asked = said.replaceAll(THE_OPPOSITE, ' ')
  return REVOCATIONS.some((pattern) => pattern.test(asked)) ? 'revocation' : undefined
}
