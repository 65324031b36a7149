// An invitation link carries its code behind the #, which browsers never send to a server.
const code = decodeURIComponent(location.hash.slice(1));
if (code) {
    document.querySelector("#code").value = code;
    history.replaceState(null, "", location.pathname);
    document.querySelector("form .primary").focus();
}
