-- A random one of the 100 prefixes, requests made beforehand.
local requests = {}
local next = 0

init = function(args)
  math.randomseed(7)
  for i = 1, 1000 do
    requests[i] = wrk.format("GET", string.format("/service-%02d/items/%d", math.random(0, 99), i))
  end
end

request = function()
  next = next % 1000 + 1
  return requests[next]
end
