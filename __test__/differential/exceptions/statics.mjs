/*
 * What hangs on the export.
 */

import { NO_PANEL } from '../run-function.mjs'
import { each, is } from './rule.mjs'

const because = (reason, calls, differs) => ({ because: reason, versions: [NO_PANEL], calls, differs })

const validator = (name, labels) => ({ [`SecurityEnhancer.InputValidator.${name}`]: labels })

export const ofStatics = [
  because(
    'an error that was a bare one keeps its words and gets a class and a code',
    {
      'CredentialGenerator.generateShadowsocks2022PSK': ['unknown'],
      ...validator('_validatePort', ['zero', 'text', 'fraction']),
      ...validator('validateInboundConfig', ['port', 'protocol', 'null']),
      ...validator('validateClientConfig', ['without an id', 'null']),
    },
    {
      'outcome.throws.name': is('Error', 'ValidationError'),
      'outcome.throws.code': is(undefined, 'ERR_VALIDATION'),
    },
  ),
  because(
    'the error of an unknown protocol has the words of the guide and those of the reference',
    {
      'CredentialGenerator.generateForProtocol': ['unknown'],
      'CredentialGenerator.generateBulk': ['unknown'],
    },
    {
      'outcome.throws': each(
        ({ message }) => message === 'Unsupported protocol: gopher',
        ({ message, code }) => message.includes('Unsupported protocol: gopher') && code === 'ERR_VALIDATION',
      ),
    },
  ),
  because('ids as text, as web forms send them, work', validator('validateClientConfig', ['id as text']), {
    'outcome.returns.id': is('1', 1),
  }),
  because(
    'the statistics of the session store say whether it could be reached',
    { 'SessionManager#getStats': '*' },
    { 'outcome.returns.connected': is(undefined, true) },
  ),
  because(
    'each library names itself, and takes the compressions that it knows',
    { 'SecurityEnhancer.SecureHeaders.getSecureHeaders': ['plain'] },
    {
      'outcome.returns.User-Agent': (reference, ours) =>
        reference.startsWith('3xui-api-client') && ours.startsWith('3xui-native'),
    },
  ),
]
