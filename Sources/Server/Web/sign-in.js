// An invitation link carries its code behind the #, which browsers never send to a server.
function takeCode() {
    const code = decodeURIComponent(location.hash.slice(1));
    if (!code) return;
    document.querySelector("#code").value = code;
    history.replaceState(null, "", location.pathname);
    document.querySelector("form .primary").focus();
}

takeCode();
// Somebody may open the link in a window that shows this page already.
window.addEventListener("hashchange", takeCode);
