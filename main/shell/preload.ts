import { contextBridge, ipcRenderer } from 'electron'
import type { FeidiBridge } from '#shared/ipc/contract.ts'

const bridge: FeidiBridge = {
  queueSnapshot: () => ipcRenderer.invoke('queue:snapshot'),
}

contextBridge.exposeInMainWorld('feidi', bridge)
