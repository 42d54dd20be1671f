import { expect, test } from 'vitest'
import { fieldOf } from './secret-shapes.ts'
import { faultOf } from './typed-value.ts'

const signing = fieldOf('user-context', 'current')
const token = fieldOf('twilio', 'authToken')
const good = 'k7Jq2mV9xTz4Rb8NwLp3Yc6HdFs5Ga1E'

test.each([
  ['32 letters and digits', good],
  ['64 letters of base64url', `${good}_-${good.slice(2)}`],
  ['punctuation that a password generator uses', `${good}!#$%&()*+,/:;=?@[]^{|}~`],
])('%s pass', (_what, value) => {
  expect(faultOf(value, signing)).toBeUndefined()
})

test.each([
  ['nothing', '', 'is empty'],
  ['a space at the end', `${good} `, 'white space'],
  ['a line end at the beginning', `\n${good}`, 'white space'],
  ['a space in the middle', `${good} ${good}`, 'white space'],
  ['quotation marks around it', `"${good}"`, 'quotation mark'],
  ['an apostrophe', `'${good}'`, 'quotation mark'],
  ["the variable's name before it", `AUTH0_CLIENT_SECRET=${good}`, 'name of a variable'],
  ['a letter that only looks plain', `${good}е`, 'no plain letter'],
  ["the seed's placeholder", 'your-secret-here', 'placeholder'],
  ["the seed's placeholder, made longer", 'your-secret-here-your-secret-here', 'placeholder'],
  ['a placeholder in angle brackets', `<${good}>`, 'placeholder'],
  ['an ellipsis where letters were cut off', `${good}...`, 'placeholder'],
  ['a word to be changed', `CHANGEME${good}`, 'placeholder'],
  ['31 letters', good.slice(1), 'does not look right: a right one has 32 to 512 letters'],
  ['a key pressed for long', 'a'.repeat(40), 'repeats a few letters'],
  ['a row of the keyboard, again and again', 'qwerty'.repeat(8), 'repeats a few letters'],
])('%s is refused', (_what, value, says) => {
  const fault = faultOf(value, signing)
  expect(fault).toContain(says)
  if (value !== '') expect(fault).not.toContain(value.trim())
})

test.each([
  ['32 hexadecimal digits', '0123456789abcdef0123456789abcdef', undefined],
  [
    'an account SID in place of the token',
    'AC0123456789abcdef0123456789abcdef',
    'is 32 hexadecimal digits in lower case',
  ],
  ['capital letters', '0123456789ABCDEF0123456789ABCDEF', 'is 32 hexadecimal digits in lower case'],
  ['31 digits', '0123456789abcdef0123456789abcde', 'is 32 hexadecimal digits in lower case'],
  ['zeros', '0'.repeat(32), 'repeats a few letters'],
])("the carrier's token: %s", (_what, value, says) => {
  const fault = faultOf(value, token)
  if (says === undefined) expect(fault).toBeUndefined()
  else expect(fault).toContain(says)
})
