/*
 * The four handlers that `createReactHook` talks to; pages/api/3xui has one file for each, as Next.js wants it.
 */

import { createNextjsRoutes } from '3xui-api-client'

import { config } from './panel'

export const routes = createNextjsRoutes(config)
