; Parts of the installer that electron-builder does not have; its scripts call these macros.

; "Send to" of Explorer belongs to one person, and so does what Windows notes when Feidi runs.
!macro forThisPerson
  SetShellVarContext current
!macroend

!macro asInstalled
  ${if} $installMode == "all"
    SetShellVarContext all
  ${endif}
!macroend

!macro customInstall
  !insertmacro forThisPerson
  CreateShortCut "$SENDTO\${PRODUCT_FILENAME}.lnk" "$appExe"
  !insertmacro asInstalled
!macroend

!macro customUnInstall
  ; An update removes the old version first: the person's choices stay.
  ${ifNot} ${isUpdated}
    !insertmacro forThisPerson
    Delete "$SENDTO\${PRODUCT_FILENAME}.lnk"
    ; Electron writes these at the first notification, also when Feidi is installed for everybody.
    Delete "$SMPROGRAMS\${PRODUCT_FILENAME}.lnk"
    DeleteRegKey HKCU "Software\Classes\CLSID\{6D1A4C0E-2B57-4F0B-9C1E-7B0F5A3E8D42}"
    ; "Start at login", and whether the Task Manager allows it.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"
    !insertmacro asInstalled
  ${endif}
!macroend
