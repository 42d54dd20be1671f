export type OptOutType = 'STOP' | 'START' | 'HELP'

/**
 * Words that the carrier acts on by itself, when they are the whole message.
 * @source Twilio docs, "Twilio support for opt-out keywords (SMS STOP filtering)": one word alone, upper or lower case;
 * OPTOUT and REVOKE since April 2025
 */
const keywords: Readonly<Record<OptOutType, readonly string[]>> = {
  STOP: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  START: ['START', 'YES', 'UNSTOP'],
  HELP: ['HELP', 'INFO'],
}

/** What a whole message asks of the carrier; undefined when it is an ordinary message. "STOP PLEASE" is one. */
export function optOutType(body: string): OptOutType | undefined {
  const word = body.trim().toUpperCase()
  return (['STOP', 'START', 'HELP'] as const).find((type) => keywords[type].includes(word))
}

/**
 * The carrier's own answers. They are in no list of messages.
 * @source Twilio docs, "Twilio support for opt-out keywords (SMS STOP filtering)"
 */
export const keywordAnswers: Readonly<Record<OptOutType, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
}
