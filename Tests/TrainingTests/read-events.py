"""Prints what TensorBoard shows of a folder of event files, as JSON.

    .venv-tensorboard/bin/python Tests/TrainingTests/read-events.py FOLDER
"""

import io
import json
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0})
events.Reload()


def image(event):
    picture = Image.open(io.BytesIO(event.encoded_image_string))
    assert picture.size == (event.width, event.height), (picture.size, event.width, event.height)
    return {"step": event.step, "mode": picture.mode, "width": event.width, "pixels": list(picture.tobytes())}


print(
    json.dumps(
        {
            "scalars": {
                tag: [{"step": event.step, "value": event.value, "time": event.wall_time} for event in events.Scalars(tag)]
                for tag in events.Tags()["scalars"]
            },
            "images": {tag: [image(event) for event in events.Images(tag)] for tag in events.Tags()["images"]},
        }
    )
)
