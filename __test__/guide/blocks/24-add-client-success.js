{
  "success": true,
  "msg": "Inbound client(s) have been added.",
  "obj": null
}
