/** The listening socket: fastify finds the route, the pipeline does the rest on the raw request. */
import fastify, { type FastifyInstance } from 'fastify'
import { documentRoutes } from './document-routes.ts'
import { folderRoutes } from './folder-routes.ts'
import { serveCall } from './pipeline.ts'
import type { Route, Server } from './server.ts'
import { tokenRoute } from './token-route.ts'
import { uploadRoutes } from './upload-routes.ts'

export interface HttpServerOptions {
  readonly https?: { readonly key: string; readonly cert: string } | undefined
}

/** A server that knows all simulated paths. Not listening yet. */
export function createHttpServer(server: Server, options: HttpServerOptions): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    ...(options.https === undefined ? {} : { https: options.https }),
  } as object) as unknown as FastifyInstance
  const routes = [
    tokenRoute(server),
    ...uploadRoutes(server),
    ...folderRoutes(server),
    ...documentRoutes(server),
  ]
  for (const route of routes) addRoute(app, server, route)
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain').send('404 page not found'),
  )
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume().once('end', () => done(null))
  })
  return app
}

/** Takes the call over before fastify reads the body, because rates count and faults strike from the head on. */
function addRoute(app: FastifyInstance, server: Server, route: Route): void {
  app.route({
    method: route.method,
    url: `/open-apis${route.path}`,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      reply.hijack()
      await serveCall(server, route, {
        request: request.raw,
        response: reply.raw,
        params: request.params as Record<string, string>,
      })
    },
    handler: async () => undefined,
  })
}
