/*
 * Calls that need no panel.
 */

import { CONSTRUCTOR, NO_PANEL } from '../run-function.mjs'
import { anything, each, is } from './rule.mjs'

const versions = [NO_PANEL]

const protocols =
  'vless, vmess, trojan, shadowsocks, shadowsocks2022, wireguard, socks5, http or dokodemo-door'

const isRefusal = (message) => (outcome) =>
  outcome.throws?.name === 'ValidationError' &&
  outcome.throws.code === 'ERR_VALIDATION' &&
  outcome.throws.message === message

const crashes = ({ throws }) => throws?.name === 'TypeError' || throws?.name === 'RangeError'
const returns = (outcome) => 'returns' in outcome

const because = (reason, calls, differs) => ({
  because: reason,
  versions,
  calls,
  differs,
  follows: { order: anything },
})

const refusals = [
  ...Object.entries({
    'protocol with blanks': ' vless ',
    'unknown protocol': 'gopher',
    'empty protocol': '',
    'protocol undefined': 'null',
    'protocol null': 'null',
    'protocol as a number': '5',
  }).map(([label, protocol]) =>
    because(
      'the error of an unknown protocol has the words of the guide and those of the reference',
      {
        generateCredentials: [label],
        ...(label === 'unknown protocol' && { generateBulkCredentials: [label] }),
      },
      {
        outcome: each(
          ({ throws }) =>
            throws.name === 'TypeError' || throws.message === `Unsupported protocol: ${protocol}`,
          isRefusal(`Invalid protocol. Unsupported protocol: ${protocol} (use ${protocols})`),
        ),
      },
    ),
  ),
  because(
    'an error that was a bare one keeps its words and gets a class and a code',
    {
      generateCredentials: ['unknown method of 2022'],
      generatePassword: ['no characters', 'switched off by null'],
    },
    {
      'outcome.throws.name': is('Error', 'ValidationError'),
      'outcome.throws.code': is(undefined, 'ERR_VALIDATION'),
    },
  ),
  because(
    'a length that is none is refused by name',
    { generateCredentials: ['negative password length', 'fractional password length'] },
    {
      outcome: (_, ours) =>
        isRefusal('Invalid passwordLength: must be a whole number between 0 and 16777216')(ours),
    },
  ),
  because(
    'a length that is none is refused by name',
    { generatePassword: ['negative length', 'fractional length', 'length NaN'] },
    {
      outcome: (_, ours) => isRefusal('Invalid length: must be a whole number between 0 and 16777216')(ours),
    },
  ),
  because(
    'a cipher that no panel knows stops all of Xray: it is refused',
    { generateCredentials: ['unknown method'] },
    {
      outcome: each(
        returns,
        isRefusal(
          'Invalid method: rot13 is no Shadowsocks cipher ' +
            '(use chacha20-ietf-poly1305, aes-256-gcm, aes-128-gcm, chacha20-poly1305 or one of 2022)',
        ),
      ),
    },
  ),
  because(
    'without a protocol nothing can be said of credentials',
    { validateCredentials: ['no protocol', 'protocol null', 'protocol as a number', 'nothing at all'] },
    { outcome: each(crashes, isRefusal('Invalid protocol: must be text')) },
  ),
]

const leniency = [
  because(
    'null is as good as undefined',
    {
      generateCredentials: ['options null'],
      generateBulkCredentials: ['options null'],
      generatePassword: ['length null', 'options null'],
    },
    { outcome: each(crashes, returns) },
  ),
  because(
    'null is as good as undefined',
    { validateCredentialStrength: ['type null'] },
    { 'outcome.returns.strength': is('weak', 'strong') },
  ),
  because(
    'numbers as text, as web forms send them, are the numbers that they say',
    { generateCredentials: ['password length as text'], generatePassword: ['length as text'] },
    { outcome: each(crashes, returns) },
  ),
  because(
    'numbers as text, as web forms send them, are the numbers that they say',
    { generateCredentials: ['level as text'] },
    { 'outcome.returns.level': is('2', 2) },
  ),
  because(
    'an identifier is text',
    { generateCredentials: ['e-mail as a number'] },
    { 'outcome.returns.email': is(5, '5') },
  ),
  because(
    'credentials that are missing are not valid, and no reason to crash',
    { validateCredentials: ['no credentials', 'credentials null'] },
    { outcome: each(crashes, ({ returns: { valid } }) => valid === false) },
  ),
  because(
    'a password is text',
    { validateCredentials: ['trojan, a list', 'trojan, a number'] },
    {
      'outcome.returns': is(
        { valid: true, errors: [] },
        { valid: false, errors: ['Password too short (minimum 8 characters)'] },
      ),
    },
  ),
  because(
    'a password that is missing is a weak one, and no reason to crash',
    { validateCredentialStrength: ['password undefined', 'password null', 'nothing at all'] },
    {
      outcome: each(
        crashes,
        ({ returns: { isValid, strength } }) => isValid === false && strength === 'weak',
      ),
    },
  ),
  because(
    'a password is text: an object has no letters',
    { validateCredentialStrength: ['password as an object'] },
    {
      'outcome.returns.issues': is(
        ['Password too short', 'Add numbers'],
        ['Password too short', 'Add lowercase letters', 'Add uppercase letters', 'Add numbers'],
      ),
    },
  ),
  because(
    'null is as good as undefined',
    { [CONSTRUCTOR]: ['options null'] },
    { outcome: each(crashes, returns) },
  ),
]

const promises = [
  because(
    'the guide has a method for identifiers',
    { generateIdentifier: ['plain', 'prefix'] },
    {
      outcome: each(crashes, ({ returns: identifier }) => /^<returns: (client|premium)_…>$/.test(identifier)),
    },
  ),
  because(
    'the prefix for identifiers is honoured',
    { generateBulkCredentials: ['prefix and password length'] },
    {
      'outcome.returns[].email': (reference, ours) => reference.replace('client_', 'premium_user_') === ours,
    },
  ),
  because(
    'no two identifiers of one call are alike',
    { generateBulkCredentials: ['e-mail for several'] },
    { 'outcome.returns[].email': (reference, ours) => reference === 'team' && /^team_[12]$/.test(ours) },
  ),
  because(
    'credentials that were generated before, as the guide hands them over, are used',
    { generateCredentials: ['UUID of the caller'] },
    { 'outcome.returns.id': is('<id: UUID of version 4>', '11111111-1111-4111-8111-111111111111') },
  ),
  because(
    'credentials that were generated before, as the guide hands them over, are used',
    { generateCredentials: ['password of the caller'] },
    { 'outcome.returns.password': is('<password: letters and digits of 16>', 'my-own-password') },
  ),
  because(
    'a cipher of 2022 takes a key of its own length and nothing else',
    { generateCredentials: ['method of 2022 for shadowsocks'] },
    { 'outcome.returns.password': is('<password: letters and digits of 16>', '<password: base64 of 24>') },
  ),
]

const parts = [
  because(
    'addresses are addresses, however the panel writes them',
    { _parseClientIps: ['objects', 'with times'] },
    { 'outcome.returns[]': (reference, ours) => (reference.ip ?? reference).startsWith(ours) },
  ),
  because(
    'numbers as text, as web forms send them, are the numbers that they say',
    { generatePort: ['text'] },
    { 'outcome.returns': (reference, ours) => typeof reference === 'string' && ours === 5000 },
  ),
]

export const ofFunctions = [...parts, ...refusals, ...leniency, ...promises]
