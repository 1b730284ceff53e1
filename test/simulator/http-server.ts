/** The listening socket: fastify finds the route, the pipeline does the rest on the raw request. */
import fastify, { type FastifyInstance } from 'fastify'
import { arrangeRoutes } from './arrange-routes.ts'
import { baseRoutes } from './base-routes.ts'
import { docxRoutes } from './docx-routes.ts'
import { downloadRoute } from './download-route.ts'
import { folderRoutes } from './folder-routes.ts'
import { importRoutes } from './import-routes.ts'
import { metaRoute } from './meta-route.ts'
import { permissionRoutes } from './permission-routes.ts'
import { type Exchange, serveCall } from './pipeline.ts'
import { scopesRoute } from './scopes-route.ts'
import { searchRoute } from './search-route.ts'
import type { Route, Server } from './server.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { addSignInPages } from './sign-in-pages.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { tokenRoute } from './token-route.ts'
import { uploadRoutes } from './upload-routes.ts'
import { wikiRoutes } from './wiki-route.ts'

interface HttpServerOptions {
  readonly https?: { readonly key: string; readonly cert: string } | undefined
}

interface HttpServer {
  /** Not listening yet. */
  readonly app: FastifyInstance
  /** Closes all connections and waits until the calls on them have come to their end. */
  close(): Promise<void>
}

/** A server that knows all simulated paths. */
export function createHttpServer(server: Server, options: HttpServerOptions): HttpServer {
  const running = new Set<Promise<void>>()
  const app = fastify({
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    ...(options.https === undefined ? {} : { https: options.https }),
  } as object) as unknown as FastifyInstance
  const routes = [
    tokenRoute(server),
    ...signInRoutes(server),
    ...uploadRoutes(server),
    ...folderRoutes(server),
    ...arrangeRoutes(server),
    downloadRoute(server),
    ...baseRoutes(server),
    ...docxRoutes(server),
    ...sheetRoutes(server),
    ...wikiRoutes(server),
    ...importRoutes(server),
    metaRoute(server),
    scopesRoute(server),
    searchRoute(server),
    ...permissionRoutes(server),
  ]
  for (const route of routes) {
    addRoute(app, route, (exchange) => {
      const run = serveCall(server, route, exchange)
      running.add(run)
      return run.finally(() => running.delete(run))
    })
  }
  addSignInPages(app, server)
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain').send('404 page not found'),
  )
  app.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume().once('end', () => done(null))
  })
  return {
    app,
    close: async () => {
      await app.close()
      await Promise.all(running)
    },
  }
}

/** Takes the call over before fastify reads the body, because rates count and faults strike from the head on. */
function addRoute(
  app: FastifyInstance,
  route: Route,
  serve: (exchange: Exchange) => Promise<void>,
): void {
  app.route({
    method: route.method,
    url: `${route.atRoot ? '' : '/open-apis'}${route.path}`,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      reply.hijack()
      await serve({
        request: request.raw,
        response: reply.raw,
        params: request.params as Record<string, string>,
      })
    },
    handler: async () => undefined,
  })
}
