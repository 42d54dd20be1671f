import { expect, test } from 'vitest'
import { saidAboutTexting } from './revocation-words.ts'

test.each([
  ['STOP', 'stop'],
  ['stop', 'stop'],
  [' Stop. ', 'stop'],
  ['"STOP"', 'stop'],
  ['STOPALL', 'stop'],
  ['stop all', 'stop'],
  ['Unsubscribe', 'stop'],
  ['CANCEL', 'stop'],
  ['END', 'stop'],
  ['quit', 'stop'],
  ['Opt-out', 'stop'],
  ['OPTOUT', 'stop'],
  ['revoke', 'stop'],
  ['START', 'start'],
  ['unstop', 'start'],
  ['Yes!', 'yes'],
  ['HELP', 'help'],
  ['info', 'help'],
])('%s as a whole message is %s', (body, expected) => {
  expect(saidAboutTexting(body)).toBe(expected)
})

test.each([
  'please stop texting me',
  'Please STOP',
  'Stop it now',
  'STOP STOP STOP',
  'Stop. Thank you',
  'Can you stop sending me these messages?',
  "Don't text me again",
  'Don’t message this number',
  'do not contact me',
  'never text me at work',
  "I don't want any more messages",
  'I do not wish to be contacted',
  'No more texts!!',
  'take me off your list',
  'Remove my number please',
  'I want to opt out of this',
  'wrong number',
  'leave me alone',
  'quit bothering me',
  'No me envíen más mensajes',
  'Dejen de escribirme',
  'ALTO',
  'basta',
  "Please don't stop my therapy, but stop texting me",
  'I will never stop using it. Take me off your list',
])('"%s" is for a person to decide', (body) => {
  expect(saidAboutTexting(body)).toBe('revocation')
})

test.each([
  'Thank you, see you on Tuesday',
  'I had to stop using the mask last night',
  "Please don't stop texting me, it helps",
  "I can't find the message you sent",
  'Yes, Tuesday works',
  'The nonstop noise wakes me',
  'Can I cancel my appointment?',
  'help me with the humidifier please',
  'My insurance will end in May',
  "I didn't get your text",
  'Bus stop is in front of the house',
  '',
  '👍',
  'Sto',
])('"%s" says nothing about being texted', (body) => {
  expect(saidAboutTexting(body)).toBeUndefined()
})
