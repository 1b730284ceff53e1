/** Puts the contract on `window.feidi`, and nothing else. */
import { contextBridge, type IpcRendererEvent, ipcRenderer, webUtils } from 'electron'
import type { FeidiBridge } from '#shared/contract/contract.ts'
import type { LiveEvent } from '#shared/contract/live-state.ts'
import { FOLLOW, LIVE, REQUEST_PREFIX, UNFOLLOW } from './ipc-names.ts'

const bridge: FeidiBridge = {
  request: (channel, input) => ipcRenderer.invoke(`${REQUEST_PREFIX}${String(channel)}`, input),
  subscribe(listener) {
    // The event object of Electron leads to the sender: the page gets the content alone.
    const hear = (_event: IpcRendererEvent, event: LiveEvent) => listener(event)
    ipcRenderer.on(LIVE, hear)
    ipcRenderer.send(FOLLOW)
    return () => {
      ipcRenderer.off(LIVE, hear)
      ipcRenderer.send(UNFOLLOW)
    }
  },
  pathOf: (file) => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld('feidi', bridge)
